import { cut } from '../../../mask/regions/cut';
import type { Hierarchy } from '../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { MaskView } from '../../../protocol/editorPage';
import { fromHex } from '../../common/numberFormat';

/** Regions grouped into labels, as the renderer colours them. Group 0 is background; labels are groups from 1. */
export interface Grouping {
  /** The number of groups without the background. */
  readonly count: number;
  /** By region: its group. */
  readonly groupOf: Uint32Array;
  /** By group: its packed 24-bit colour. */
  readonly colours: Uint32Array;
  /** By group: the base region that identifies the label; it is the same at every granularity. */
  readonly representative: Uint32Array;
}

/** The grouping of the host's mask. A group is a label value; values without a listed label are background. */
export function groupingOf(mask: MaskView): Grouping {
  const top = mask.labels.reduce((most, label) => Math.max(most, label.value), 0);
  const colours = new Uint32Array(top + 1);
  const representative = new Uint32Array(top + 1);
  const listed = new Uint8Array(top + 1);
  for (const label of mask.labels) {
    listed[label.value] = 1;
    colours[label.value] = fromHex(label.colour);
    representative[label.value] = label.representative;
  }
  const groupOf = Uint32Array.from(mask.labelOf, value => (listed[value] === 1 ? value : 0));
  return { count: mask.labels.length, groupOf, colours, representative };
}

/**
 * The grouping that another granularity gives, computed on the page so that a slider step needs no answer from the
 * host. Regions whose label no granularity changes, such as painted ones, keep their labels.
 * @param granularity 0 (few large regions) … 1 (many small ones)
 */
export function groupingAt(hierarchy: Hierarchy, granularity: number, mask: MaskView): Grouping {
  const now = groupingOf(mask);
  const { fixed } = mask;
  const at = cut(hierarchy, granularity, fixed);
  const size = at.count + now.colours.length;
  const groupOf = new Uint32Array(now.groupOf.length);
  groupOf.set(at.labelOf.subarray(0, groupOf.length));
  const kept = new Set<number>();
  for (let region = 0; region < groupOf.length; region++) {
    if (fixed[region] === 0) continue;
    kept.add(now.groupOf[region]);
    groupOf[region] = now.groupOf[region] === 0 ? 0 : at.count + now.groupOf[region];
  }
  const colours = new Uint32Array(size + 1);
  const representative = new Uint32Array(size + 1);
  for (let group = 1; group <= at.count; group++) {
    representative[group] = at.representative[group - 1];
    colours[group] = colourOf(representative[group], mask.colours);
  }
  for (let value = 1; value < now.colours.length; value++) {
    representative[at.count + value] = now.representative[value];
    colours[at.count + value] = now.colours[value];
  }
  kept.delete(0);
  return { count: at.count + kept.size, groupOf, colours, representative };
}

/** The colour of the label that a region stands for, as `0xrrggbb`. */
function colourOf(region: number, colours: Uint8Array): number {
  return (colours[3 * region] << 16) | (colours[3 * region + 1] << 8) | colours[3 * region + 2];
}

/** The label map of a grouping: the group by pixel, in reading order. */
export function labelMap({ width, height, ids }: RegionMap, { groupOf }: Grouping) {
  const labels = new Uint16Array(ids.length);
  for (let pixel = 0; pixel < ids.length; pixel++) labels[pixel] = groupOf[ids[pixel]];
  return { width, height, labels };
}

/**
 * Matches the regions of one map to those of another one of the same picture: the result maps a region of `from` to the
 * region of `to` at the place of its median pixel in reading order, or to null where it has no pixel.
 */
export function matchRegions(from: RegionMap, to: RegionMap): (region: number) => number | null {
  return region => {
    const pixels: number[] = [];
    for (let pixel = 0; pixel < from.ids.length; pixel++) if (from.ids[pixel] === region) pixels.push(pixel);
    if (pixels.length === 0) return null;
    const pixel = pixels[pixels.length >> 1];
    const x = Math.floor((((pixel % from.width) + 0.5) * to.width) / from.width);
    const y = Math.floor(((Math.floor(pixel / from.width) + 0.5) * to.height) / from.height);
    return to.ids[y * to.width + x];
  };
}
