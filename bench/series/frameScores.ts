import { seededRandom } from '../../server/src/engine/common/random';
import { classScores, countPixels, emptyConfusion, type Confusion } from '../../server/src/engine/metrics/confusion';

/** What was right in frames: a confusion for each, or for each group of frames that belong together. */
export class FrameScores {
  private readonly groups = new Map<number, Confusion>();

  constructor(private readonly classes: number) {}

  /** Counts a frame. @param group frames of one group count as one where they are drawn anew */
  add(truth: Uint8Array, predicted: Uint8Array, group = this.groups.size): void {
    const confusion = this.groups.get(group) ?? emptyConfusion(this.classes);
    this.groups.set(group, confusion);
    countPixels(confusion, truth, predicted);
  }

  /** The mean IoU and the share of right pixels, each with half its 95 % interval by resampling groups (bootstrap). */
  describe(): string {
    const found = classScores(sumOf(this.parts));
    const drawn = this.resampled().map(classScores);
    return (['mIoU', 'pixelAccuracy'] as const)
      .map(score => `${found[score].toFixed(3)} ± ${halfInterval(drawn.map(one => one[score])).toFixed(3)}`)
      .join(', ');
  }

  /** How much more this is than another of the same frames, with half its 95 % interval. */
  describeGain(other: FrameScores): string {
    const gain = (a: Confusion, b: Confusion) => classScores(a).mIoU - classScores(b).mIoU;
    const others = other.resampled();
    const drawn = this.resampled().map((one, index) => gain(one, others[index]!));
    return `${gain(sumOf(this.parts), sumOf(other.parts)).toFixed(3)} ± ${halfInterval(drawn).toFixed(3)}`;
  }

  private get parts(): Confusion[] {
    return [...this.groups.values()];
  }

  /** Sums of groups that were drawn anew: the same ones for all scores of as many groups. */
  private resampled(): Confusion[] {
    const next = seededRandom(1);
    const { parts } = this;
    return Array.from({ length: resamples }, () => sumOf(parts.map(() => parts[Math.floor(next() * parts.length)]!)));
  }
}

const resamples = 1000;

function sumOf(parts: readonly Confusion[]): Confusion {
  const sum = emptyConfusion(parts[0]?.classes ?? 0);
  for (const { counts, missed } of parts) {
    for (const [index, count] of counts.entries()) sum.counts[index]! += count;
    for (const [index, count] of missed.entries()) sum.missed[index]! += count;
  }
  return sum;
}

function halfInterval(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return (at(0.975) - at(0.025)) / 2;
}
