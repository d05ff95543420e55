import { encodeHierarchy, type encodeRegions } from '../../../../mask/files/codec';
import { mergesAt } from '../../../../mask/regions/cut';
import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { MethodProgress } from '../../engine/common/methodRun';
import type { SegmentTask } from '../jobMessages';
import type { TaskContext } from './taskContext';

/**
 * Share of the time that encoding previews may cost, beside the twentieth that the engine allows itself for building
 * them.
 */
const share = 0.05;
const shortestMilliseconds = 125;

/** Decides when the next preview is due: at most eight a second, and never so often that training notices. */
export class Pacer {
  private due = -Infinity;

  /** @param now milliseconds, monotonic */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Does `work` when it is due, and puts off the next by what it cost. */
  when(work: () => void): void {
    const start = this.now();
    if (start < this.due) return;
    work();
    const end = this.now();
    this.due = end + Math.max(shortestMilliseconds - (end - start), (end - start) / share);
  }
}

/**
 * A function that emits progress as often as is due, with a preview where the segmentation is returned to a client and
 * the hierarchy has changed.
 */
export function progressReporter(
  { settings, target }: SegmentTask,
  emit: TaskContext['emit'],
  encode: typeof encodeRegions,
): (progress: MethodProgress) => void {
  const pacer = new Pacer();
  let base: RegionMap | undefined;
  let shown: Hierarchy | undefined;
  return ({ regions, hierarchy, iteration, iterations, labels, loss }) => {
    pacer.when(() => {
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
