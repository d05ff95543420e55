import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle, Size } from '../geometry/viewTransform';
import { buildProgram, pictureTexture, type Program } from './gl';
import { GlLayer } from './glLayer';
import { GlTones } from './glTones';
import type { Lookup } from './lookup';
import type { Tones } from './tones';
import { partsOf, type Frame, type Layer, type Part, type Renderer } from './renderer';

/** The scale from which on pixels are shown as squares. */
const squarePixels = 4;

/**
 * Draws on the GPU. A slider step uploads the lookup table alone, a few kilobytes; hovering, opacity and zoom change
 * uniforms. The inputs are kept, to restore the graphics context after it was lost.
 */
export class WebGlRenderer implements Renderer {
  readonly kind = 'webgl';
  readonly canvas = document.createElement('canvas');
  readonly maximumSize: number;
  private readonly gl: WebGL2RenderingContext;
  private program: Program;
  private picture: { bitmap: ImageBitmap; size: Size; texture: WebGLTexture } | null = null;
  private readonly layer: GlLayer;
  private readonly tones: GlTones;
  /**
   * What the mask is compared with. Where that is the mask's own map at another granularity, its layer has no map, and
   * the texture of the mask's layer serves both.
   */
  private compared: { layer: GlLayer; regions: RegionMap | null } | null = null;

  /** @throws Error where WebGL 2 is not available. */
  constructor(onRestored: () => void) {
    const gl = this.canvas.getContext('webgl2', {
      antialias: false,
      depth: false,
      premultipliedAlpha: true,
      alpha: true,
    });
    if (!gl) throw new Error('WebGL 2 is not available');
    this.gl = gl;
    this.maximumSize = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.program = buildProgram(gl);
    this.layer = new GlLayer(gl, this.maximumSize);
    this.tones = new GlTones(gl);
    this.canvas.addEventListener('webglcontextlost', event => {
      event.preventDefault();
    });
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.restore();
      onRestored();
    });
  }

  setPicture(bitmap: ImageBitmap, size: Size): void {
    if (this.picture) this.gl.deleteTexture(this.picture.texture);
    this.picture = { bitmap, size, texture: pictureTexture(this.gl, bitmap) };
  }

  setRegions(map: RegionMap | null): void {
    this.layer.setRegions(map);
  }
  changePixels(area: Rectangle): void {
    this.layer.changePixels(area);
  }
  setLookup(table: Lookup): void {
    this.layer.setLookup(table);
  }

  setComparison(compared: Layer | null): void {
    if (!compared) {
      this.compared?.layer.dispose();
      this.compared = null;
      return;
    }
    this.compared ??= { layer: new GlLayer(this.gl, this.maximumSize), regions: null };
    const { layer } = this.compared;
    const ownRegions = compared.regions === this.layer.fullMap ? null : compared.regions;
    if (layer.fullMap !== ownRegions) layer.setRegions(ownRegions);
    this.compared.regions = compared.regions;
    layer.setLookup(compared.lookup);
  }

  setTones(tones: Tones | null): void {
    this.tones.set(tones);
  }

  resize(size: Size): void {
    this.canvas.width = size.width;
    this.canvas.height = size.height;
  }

  draw(frame: Frame): void {
    const { gl, picture, program } = this;
    const { width, height } = this.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (!picture || gl.isContextLost()) return;
    gl.useProgram(program.program);
    this.bind(0, picture.texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, frame.view.scale >= squarePixels ? gl.NEAREST : gl.LINEAR);
    const at = program.uniform;
    gl.uniform2f(at('pictureSize'), picture.size.width, picture.size.height);
    gl.uniform1f(at('screenHeight'), height);
    gl.uniform1f(at('checker'), 8 * devicePixelRatio);
    this.tones.bind(program);
    gl.enable(gl.SCISSOR_TEST);
    for (const part of partsOf(frame, width, Boolean(this.compared?.regions))) {
      gl.scissor(part.from, 0, part.to - part.from, height);
      this.drawPart(part);
    }
    gl.disable(gl.SCISSOR_TEST);
  }

  private drawPart({ frame, isCompared }: Part): void {
    const { gl } = this;
    const at = this.program.uniform;
    const layer = isCompared && this.compared ? this.compared.layer : this.layer;
    const mapLayer = layer.map ? layer : this.layer;
    this.bind(1, mapLayer.ids);
    this.bind(2, layer.lookup);
    gl.uniform3f(at('view'), Math.round(frame.view.x), Math.round(frame.view.y), frame.view.scale);
    gl.uniform2f(at('regionSize'), mapLayer.map?.width ?? 1, mapLayer.map?.height ?? 1);
    gl.uniform1f(at('opacity'), frame.opacity);
    gl.uniform1i(at('masked'), mapLayer.map && frame.showsLabels ? 1 : 0);
    gl.uniform1i(at('outlines'), frame.outlines ? 1 : 0);
    gl.uniform1i(at('contrast'), frame.highContrast ? 1 : 0);
    gl.uniform1ui(at('hovered'), frame.hovered);
    gl.uniform1ui(at('marks'), layer.marks);
    gl.uniform1i(at('pictured'), frame.showsPicture ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  private bind(unit: number, texture: WebGLTexture): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
  }

  private restore(): void {
    this.program = buildProgram(this.gl);
    if (this.picture) this.setPicture(this.picture.bitmap, this.picture.size);
    this.tones.restore();
    this.layer.restore();
    this.compared?.layer.restore();
  }
}
