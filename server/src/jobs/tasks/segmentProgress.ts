import { encodeHierarchy, type encodeRegions } from '../../../../mask/files/codec';
import { mergesAt } from '../../../../mask/regions/cut';
import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { MethodProgress } from '../../engine/common/methodRun';
import type { SegmentTask } from '../jobMessages';
import type { TaskContext } from './taskContext';

/**
 * The share of the time that encoding previews may take, besides the twentieth that the engine uses for building them.
 */
const encodingShare = 0.05;
const minimumInterval = 125;

/**
 * Limits how often previews are made: at most eight a second, and so rarely that training is not slowed down
 * noticeably.
 */
export class RateLimiter {
  private due = -Infinity;

  /** @param now the time in milliseconds, monotonic */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Runs `work` if it is due, and delays the next run by the time that this one took. */
  runIfDue(work: () => void): void {
    const start = this.now();
    if (start < this.due) return;
    work();
    const end = this.now();
    this.due = end + Math.max(minimumInterval - (end - start), (end - start) / encodingShare);
  }
}

/**
 * A function that emits progress at a limited rate, with a preview where the segmentation is returned to a client and
 * the hierarchy has changed.
 */
export function progressReporter(
  { settings, target }: SegmentTask,
  emit: TaskContext['emit'],
  encode: typeof encodeRegions,
): (progress: MethodProgress) => void {
  const limiter = new RateLimiter();
  let base: RegionMap | undefined;
  let shown: Hierarchy | undefined;
  return ({ regions, hierarchy, iteration, iterations, labels, loss }) => {
    limiter.runIfDue(() => {
      emit({
        type: 'progress',
        iteration,
        iterations,
        loss,
        regions: hierarchy.count - mergesAt(hierarchy, settings.granularity),
      });
      if (target !== 'return' || hierarchy === shown) return;
      const changed = regions === base ? {} : { regions: encode(regions) };
      emit({
        type: 'preview',
        preview: { ...changed, hierarchy: encodeHierarchy(hierarchy), iteration, iterations, labels, loss },
      });
      [base, shown] = [regions, hierarchy];
    });
  };
}

/** A function that remembers its last argument and result: a second call with that argument computes nothing. */
export function rememberLast<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined;
  return argument => {
    if (last?.argument !== argument) last = { argument, result: compute(argument) };
    return last.result;
  };
}
