import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Size } from '../geometry/viewTransform';
import { buildProgram, pictureTexture, type Program } from './gl';
import { GlLayer } from './glLayer';
import type { Lookup } from './lookup';
import { partsOf, type Frame, type Layer, type Part, type PixelArea, type Renderer } from './renderer';

/** From this scale on, pixels are shown as squares. */
const squarePixels = 4;

/**
 * Draws on the GPU. A slider step uploads the lookup table alone, a few kilobytes; hovering, opacity and zoom change
 * uniforms. What was set is remembered, to fill the context again after it was lost.
 */
export class WebGlRenderer implements Renderer {
  readonly kind = 'webgl';
  readonly canvas = document.createElement('canvas');
  readonly maximumSize: number;
  private readonly gl: WebGL2RenderingContext;
  private program: Program;
  private picture: { bitmap: ImageBitmap; size: Size; texture: WebGLTexture } | null = null;
  private readonly layer: GlLayer;
  /** Its map may be the layer's own, at another granularity: then it has none, and the layer's texture serves both. */
  private other: { layer: GlLayer; regions: RegionMap | null } | null = null;

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
  changePixels(area: PixelArea): void {
    this.layer.changePixels(area);
  }
  setLookup(table: Lookup): void {
    this.layer.setLookup(table);
  }

  setOther(other: Layer | null): void {
    if (!other) {
      this.other?.layer.dispose();
      this.other = null;
      return;
    }
    this.other ??= { layer: new GlLayer(this.gl, this.maximumSize), regions: null };
    const { layer } = this.other;
    const own = other.regions === this.layer.whole ? null : other.regions;
    if (layer.whole !== own) layer.setRegions(own);
    this.other.regions = other.regions;
    layer.setLookup(other.lookup);
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
    gl.enable(gl.SCISSOR_TEST);
    for (const part of partsOf(frame, width, Boolean(this.other?.regions))) {
      gl.scissor(part.from, 0, part.to - part.from, height);
      this.drawPart(part);
    }
    gl.disable(gl.SCISSOR_TEST);
  }

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.canvas.remove();
  }

  private drawPart({ frame, other }: Part): void {
    const {
      gl,
      program: { uniform: at },
    } = this;
    const look = other && this.other ? this.other.layer : this.layer;
    const base = look.map ? look : this.layer;
    this.bind(1, base.ids);
    this.bind(2, look.lookup);
    gl.uniform3f(at('view'), Math.round(frame.view.x), Math.round(frame.view.y), frame.view.scale);
    gl.uniform2f(at('regionSize'), base.map?.width ?? 1, base.map?.height ?? 1);
    gl.uniform1f(at('opacity'), frame.opacity);
    gl.uniform1i(at('masked'), base.map && frame.masked ? 1 : 0);
    gl.uniform1i(at('outlines'), frame.outlines ? 1 : 0);
    gl.uniform1i(at('contrast'), frame.contrast ? 1 : 0);
    gl.uniform1ui(at('hovered'), frame.hovered);
    gl.uniform1ui(at('marks'), look.marks);
    gl.uniform1i(at('pictured'), frame.pictured ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  private bind(unit: number, texture: WebGLTexture): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
  }

  private restore(): void {
    this.program = buildProgram(this.gl);
    if (this.picture) this.setPicture(this.picture.bitmap, this.picture.size);
    this.layer.restore();
    this.other?.layer.restore();
  }
}
