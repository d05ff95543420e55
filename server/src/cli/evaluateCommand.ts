import { reasonOf } from '../../../mask/errors';
import { evaluateClasses } from './evaluateClasses';
import { findPairs } from './evaluatePairs';
import { evaluateSegments } from './evaluateSegments';
import type { InputFailure } from '../batch/imageInput';
import { failureLine } from './segmentReport';
import { printable } from './terminal';
import { printOut } from './standardStreams';

/** The arguments of `labelless evaluate`. */
interface EvaluateOptions {
  readonly predictions: string;
  readonly truth: string;
  readonly classes?: string;
  readonly picture?: string;
  readonly json: boolean;
}

/** `labelless evaluate`: scores label maps against truths. */
export async function evaluatePredictions(options: EvaluateOptions): Promise<number> {
  const evaluation =
    options.classes === undefined ? evaluateSegments() : await evaluateClasses(options.classes, options.picture);
  const { pairs, failures, unused } = await findPairs(options.predictions, options.truth);
  const failed: InputFailure[] = [];
  const fail = (failure: InputFailure) => {
    failed.push(failure);
    process.stderr.write(`${failureLine(failure)}\n`);
  };
  failures.forEach(fail);
  for (const pair of pairs) {
    try {
      for (const remark of await evaluation.add(pair)) process.stderr.write(`labelless: ${printable(remark)}\n`);
    } catch (error) {
      fail({ name: pair.id, reason: reasonOf(error) });
    }
  }
  if (unused.length > 0)
    process.stderr.write(
      `labelless: predictions without a truth: ${unused.length}, ${printable(unused.slice(0, 3).join(', '))}` +
        `${unused.length > 3 ? ', …' : ''}\n`,
    );
  await evaluation.finish?.();
  const rows = failed.map(({ name, reason }) => ({ image: name, error: reason }));
  if (options.json) printOut(`${JSON.stringify({ ...evaluation.json(), ...(rows.length > 0 && { failed: rows }) })}\n`);
  else printOut(evaluation.table());
  return failed.length > 0 ? 1 : 0;
}
