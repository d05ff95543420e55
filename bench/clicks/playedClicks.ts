import { mostClicks } from './clickTable';
import type { ClickedPhoto } from './clickedPhoto';
import { type Bits, nextClick, overlap } from './simulatedPerson';

/** A place at which the person says whether it belongs to the object. */
export interface Click {
  readonly pixel: number;
  readonly belongs: boolean;
}

/** What is selected after the last of some clicks, from what was selected before it. */
export type Way = (before: Bits, clicks: readonly Click[], truth: Bits) => Bits | Promise<Bits>;

/** The IoU that is enough, and the clicks after which the table asks for the IoU in any case. */
const enough = 0.9,
  fewestClicks = 5;

/**
 * Clicks on an object until its IoU is enough, no pixel is wrong, or there were as many clicks as there may be.
 * @returns the IoU after each click
 */
export async function playClicks(
  { width, height }: { readonly width: number; readonly height: number },
  truth: Bits,
  way: Way,
  most = mostClicks,
): Promise<number[]> {
  let found: Bits = new Uint8Array(truth.length);
  const clicks: Click[] = [];
  const clicked = new Set<number>();
  const overlaps: number[] = [];
  while (clicks.length < most && (clicks.length < fewestClicks || Math.max(...overlaps) < enough)) {
    const pixel = nextClick(found, truth, width, height, clicked);
    if (pixel === null) break;
    clicked.add(pixel);
    clicks.push({ pixel, belongs: truth[pixel] === 1 });
    found = await way(found, clicks, truth);
    overlaps.push(overlap(found, truth));
  }
  return overlaps;
}

/** Clicks with the wheel at the level whose result is best. */
export function atBestLevel(photo: ClickedPhoto): Way {
  return (before, clicks, truth) => {
    const { pixel, belongs } = clicks.at(-1)!;
    let best: Bits | null = null,
      bestOverlap = -1;
    for (const { regions } of photo.offers(pixel)) {
      const found = photo.withRegions(before, regions, belongs);
      const value = overlap(found, truth);
      if (value > bestOverlap) [best, bestOverlap] = [found, value];
    }
    return best!;
  };
}

/** Clicks at the level that the program proposes. */
export function atProposedLevel(photo: ClickedPhoto): Way {
  return (before, clicks) => {
    const { pixel, belongs } = clicks.at(-1)!;
    return photo.withRegions(before, photo.proposed(pixel, before).regions, belongs);
  };
}
