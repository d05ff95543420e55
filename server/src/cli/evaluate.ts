import { parseArgs } from 'node:util';
import { printable } from './display';
import { evaluateClasses } from './evaluateClasses';
import { findPairs, type Pair } from './evaluatePairs';
import { evaluateSegments } from './evaluateSegments';
import type { InputFailure } from './inputs';
import { failureLine } from './report';
import { UsageError } from './usage';

/** A call of `labelless evaluate`. */
interface Options {
  readonly predictions: string;
  readonly truth: string;
  readonly classes?: string;
  readonly picture?: string;
  readonly json: boolean;
}

/** What scores one pair after the other. */
export interface Evaluation {
  /** @throws Error where the pair cannot be scored; nothing of it counts then */
  add(pair: Pair): Promise<void>;
  /** The table, once all is added. */
  table(): string;
  /** The same and more for `--json`. */
  json(): Record<string, unknown>;
  /** Writes what else was asked for. */
  finish?(): Promise<void>;
}

/** `labelless evaluate`: scores of label maps against truths; see `usage.ts`. */
export async function evaluateCommand(args: string[]): Promise<number> {
  const options = parse(args);
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
      await evaluation.add(pair);
    } catch (error) {
      fail({ name: pair.id, reason: (error as Error).message });
    }
  }
  if (unused.length > 0)
    process.stderr.write(
      `labelless: predictions without a truth: ${unused.length}, ${printable(unused.slice(0, 3).join(', '))}${unused.length > 3 ? ', …' : ''}\n`,
    );
  await evaluation.finish?.();
  const rows = failed.map(({ name, reason }) => ({ image: name, error: reason }));
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...evaluation.json(), ...(rows.length > 0 && { failed: rows }) })}\n`);
  else process.stdout.write(evaluation.table());
  return failed.length > 0 ? 1 : 0;
}

function parse(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        predictions: { type: 'string' },
        truth: { type: 'string' },
        classes: { type: 'string' },
        picture: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const { predictions, truth, ...others } = values;
    if (!predictions) throw new UsageError('evaluate wants --predictions DIR');
    if (!truth) throw new UsageError('evaluate wants --truth DIR');
    if (values.picture !== undefined && values.classes === undefined)
      throw new UsageError('--picture is of classes: give --classes CONFIG.json too');
    if (values.picture !== undefined && !/\.png$/i.test(values.picture))
      throw new UsageError(`--picture ${values.picture}: a name that ends in .png is wanted`);
    return { predictions, truth, ...others };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}
