import type { RegionMap } from '../../../mask/regions/regionMap';
import { sizeWithin } from '../geometry/viewTransform';
import { changeTexture, lookupTexture, lookupWidth, regionTexture } from './gl';
import { marksIn, type Lookup } from './lookup';
import type { PixelArea } from './renderer';

/** A map of regions and their look, as textures. What was set is remembered, to make them again in a new context. */
export class GlLayer {
  private regions: { whole: RegionMap; map: RegionMap; texture: WebGLTexture } | null = null;
  private table: Lookup = new Uint32Array(2);
  private look: WebGLTexture;
  /** Marks that at least one region has. */
  marks = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly maximumSize: number,
  ) {
    this.look = lookupTexture(gl);
  }

  get whole(): RegionMap | null {
    return this.regions?.whole ?? null;
  }
  get map(): RegionMap | null {
    return this.regions?.map ?? null;
  }
  get ids(): WebGLTexture {
    return this.regions?.texture ?? this.look;
  }
  get lookup(): WebGLTexture {
    return this.look;
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
    this.table = table;
    this.marks = marksIn(table);
    gl.bindTexture(gl.TEXTURE_2D, this.look);
    const rows = Math.ceil(table.length / (2 * lookupWidth));
    const padded = new Uint32Array(rows * lookupWidth * 2);
    padded.set(table);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, lookupWidth, rows, gl.RG_INTEGER, gl.UNSIGNED_INT, padded);
  }

  restore(): void {
    this.look = lookupTexture(this.gl);
    this.setLookup(this.table);
    const { whole } = this;
    this.regions = null;
    this.setRegions(whole);
  }

  dispose(): void {
    this.setRegions(null);
    this.gl.deleteTexture(this.look);
  }
}

/** The map itself where it fits into a texture, else every so-manieth pixel of it. */
export function shrinkRegions(map: RegionMap, maximum: number): RegionMap {
  const { width, height } = sizeWithin(map, maximum);
  if (width === map.width && height === map.height) return map;
  const ids = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    for (let x = 0; x < width; x++) ids[y * width + x] = map.ids[row + Math.floor(((x + 0.5) * map.width) / width)];
  }
  return { width, height, count: map.count, ids };
}
