import type { RegionMap } from '../../mask/regions';
import type { Size } from '../view/transform';
import type { Lookup } from './lookup';
import { buildProgram, changeTexture, lookupTexture, lookupWidth, pictureTexture, regionTexture, type Program } from './gl';
import type { Frame, PixelArea, Renderer } from './renderer';
import { shrinkRegions } from './shrink';

/** From this scale on, pixels are shown as squares. */
const squarePixels = 4;

/**
 * Draws on the GPU. A slider step uploads the lookup table alone, a few kilobytes; hovering, opacity and zoom change uniforms.
 * What was set is remembered, to fill the context again after it was lost.
 */
export class WebGlRenderer implements Renderer {
  readonly kind = 'webgl';
  readonly canvas = document.createElement('canvas');
  readonly maximumSize: number;
  private readonly gl: WebGL2RenderingContext;
  private program: Program;
  private picture: { bitmap: ImageBitmap; size: Size; texture: WebGLTexture } | null = null;
  private regions: { whole: RegionMap; map: RegionMap; texture: WebGLTexture } | null = null;
  private lookup: { table: Lookup; texture: WebGLTexture };

  /** @throws Error where WebGL 2 is not available. */
  constructor(onRestored: () => void) {
    const gl = this.canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true, alpha: true });
    if (!gl) throw new Error('WebGL 2 is not available');
    this.gl = gl;
    this.maximumSize = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.program = buildProgram(gl);
    this.lookup = { table: new Uint32Array(2), texture: lookupTexture(gl) };
    this.canvas.addEventListener('webglcontextlost', event => { event.preventDefault(); });
    this.canvas.addEventListener('webglcontextrestored', () => { this.restore(); onRestored(); });
  }

  setPicture(bitmap: ImageBitmap, size: Size): void {
    if (this.picture) this.gl.deleteTexture(this.picture.texture);
    this.picture = { bitmap, size, texture: pictureTexture(this.gl, bitmap) };
  }

  setRegions(map: RegionMap | null): void {
    if (this.regions) this.gl.deleteTexture(this.regions.texture);
    const fitting = map && shrinkRegions(map, this.maximumSize);
    this.regions = fitting && { whole: map, map: fitting, texture: regionTexture(this.gl, fitting) };
  }

  changePixels(area: PixelArea): void {
    if (!this.regions) return;
    const { whole, map, texture } = this.regions;
    if (whole === map) changeTexture(this.gl, texture, map, area);
    else this.setRegions(whole); // a map that is shown smaller than it is
  }

  setLookup(table: Lookup): void {
    const { gl } = this;
    this.lookup.table = table;
    gl.bindTexture(gl.TEXTURE_2D, this.lookup.texture);
    const rows = Math.ceil(table.length / (2 * lookupWidth));
    const padded = new Uint32Array(rows * lookupWidth * 2);
    padded.set(table);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, lookupWidth, rows, gl.RG_INTEGER, gl.UNSIGNED_INT, padded);
  }

  resize(size: Size): void {
    this.canvas.width = size.width;
    this.canvas.height = size.height;
  }

  draw(frame: Frame): void {
    const { gl, picture, regions, program } = this;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (!picture || gl.isContextLost()) return;
    const map = regions?.map;
    gl.useProgram(program.program);
    this.bind(0, picture.texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, frame.view.scale >= squarePixels ? gl.NEAREST : gl.LINEAR);
    this.bind(1, regions?.texture ?? this.lookup.texture);
    this.bind(2, this.lookup.texture);
    const at = program.uniform;
    gl.uniform3f(at('view'), Math.round(frame.view.x), Math.round(frame.view.y), frame.view.scale);
    gl.uniform2f(at('pictureSize'), picture.size.width, picture.size.height);
    gl.uniform2f(at('regionSize'), map?.width ?? 1, map?.height ?? 1);
    gl.uniform1f(at('screenHeight'), this.canvas.height);
    gl.uniform1f(at('opacity'), frame.opacity);
    gl.uniform1f(at('checker'), 8 * devicePixelRatio);
    gl.uniform1i(at('masked'), map && frame.masked ? 1 : 0);
    gl.uniform1i(at('outlines'), frame.outlines ? 1 : 0);
    gl.uniform1i(at('contrast'), frame.contrast ? 1 : 0);
    gl.uniform1ui(at('hovered'), frame.hovered);
    gl.uniform1i(at('pictured'), frame.pictured ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.canvas.remove();
  }

  private bind(unit: number, texture: WebGLTexture): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
  }

  private restore(): void {
    this.program = buildProgram(this.gl);
    this.lookup.texture = lookupTexture(this.gl);
    this.setLookup(this.lookup.table);
    if (this.picture) this.setPicture(this.picture.bitmap, this.picture.size);
    if (this.regions) this.setRegions(this.regions.whole);
  }
}
