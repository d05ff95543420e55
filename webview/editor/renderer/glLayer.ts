import type { RegionMap } from '../../../mask/regions/regionMap';
import { sizeWithin, type Rectangle } from '../geometry/viewTransform';
import { changeTexture, lookupTexture, lookupWidth, regionTexture } from './gl';
import { marksIn, type Lookup } from './lookup';

/**
 * A region map and its lookup table as textures. The map and the table are kept, to make the textures again after the
 * graphics context was lost.
 */
export class GlLayer {
  private regions: { fullMap: RegionMap; map: RegionMap; texture: WebGLTexture } | null = null;
  private table: Lookup = new Uint32Array(2);
  private lookupTable: WebGLTexture;
  /** The marks that at least one region has. */
  marks = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly maximumSize: number,
  ) {
    this.lookupTable = lookupTexture(gl);
  }

  /** The map as it was set. */
  get fullMap(): RegionMap | null {
    return this.regions?.fullMap ?? null;
  }
  /** The map as its texture has it, which may be smaller. */
  get map(): RegionMap | null {
    return this.regions?.map ?? null;
  }
  get ids(): WebGLTexture {
    return this.regions?.texture ?? this.lookupTable;
  }
  get lookup(): WebGLTexture {
    return this.lookupTable;
  }

  setRegions(map: RegionMap | null): void {
    if (this.regions) this.gl.deleteTexture(this.regions.texture);
    const fittingMap = map && shrinkRegions(map, this.maximumSize);
    this.regions = fittingMap && { fullMap: map, map: fittingMap, texture: regionTexture(this.gl, fittingMap) };
  }

  changePixels(area: Rectangle): void {
    if (!this.regions) return;
    const { fullMap, map, texture } = this.regions;
    if (fullMap === map) changeTexture(this.gl, texture, map, area);
    else this.setRegions(fullMap); // a map that is shown smaller than it is
  }

  setLookup(table: Lookup): void {
    const { gl } = this;
    this.table = table;
    this.marks = marksIn(table);
    gl.bindTexture(gl.TEXTURE_2D, this.lookupTable);
    const rows = Math.ceil(table.length / (2 * lookupWidth));
    const padded = new Uint32Array(rows * lookupWidth * 2);
    padded.set(table);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, lookupWidth, rows, gl.RG_INTEGER, gl.UNSIGNED_INT, padded);
  }

  restore(): void {
    this.lookupTable = lookupTexture(this.gl);
    this.setLookup(this.table);
    const { fullMap } = this;
    this.regions = null;
    this.setRegions(fullMap);
  }

  dispose(): void {
    this.setRegions(null);
    this.gl.deleteTexture(this.lookupTable);
  }
}

/** The map itself where it fits into a texture, else a smaller map of its pixels at regular distances. */
export function shrinkRegions(map: RegionMap, maximum: number): RegionMap {
  const { width, height } = sizeWithin(map, maximum);
  if (width === map.width && height === map.height) return map;
  const ids = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    for (let x = 0; x < width; x++) ids[y * width + x] = map.ids[row + Math.floor(((x + 0.5) * map.width) / width)]!;
  }
  return { width, height, count: map.count, ids };
}
