import path from 'node:path';
import type { StateVariable } from '../../graph';
import { checkFinite, decodeTensors, type TensorFile } from './safetensors';
import type { TensorValue } from '../../graph/core/operation';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';

/** The weights of a file, matched with those of a network by name and shape. */
export interface PretrainedWeights {
  /** The matched weights by their names in the state of a session, to be written into it. */
  readonly state: Readonly<Record<string, TensorValue>>;
  /** Names of the network's weights that the file lacks: they keep their initial values. */
  readonly missing: readonly string[];
  /** Names of the file's tensors that the network lacks. */
  readonly extra: readonly string[];
  /** Tensors of another shape, which are left out: `name [shape in the file], not [shape in the network]`. */
  readonly unfit: readonly string[];
  /** Tensors of a type that is not read: `name of type I64`. */
  readonly otherTypes: readonly string[];
}

/** The largest file of weights that is read, bytes: many times as large as the largest network's. */
const largestFile = 1e9;

/**
 * Matches names of weights and running averages of a network or a teacher; names of moments and step counts of
 * optimizers have further slashes.
 */
const weightName = /^(?:network|teacher)\/([^/]+)$/;

/** Matches tensors with a program's weights by name. */
export function matchWeights(
  tensors: Readonly<Record<string, TensorValue>>,
  variables: readonly StateVariable[],
  others: TensorFile['others'] = {},
): PretrainedWeights {
  const state: Record<string, TensorValue> = {};
  const [missing, unfit, known] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { name: full, current } of variables) {
    const name = weightName.exec(full)?.[1];
    if (name === undefined) continue;
    known.add(name);
    const value = tensors[name];
    if (!value && !Object.hasOwn(others, name)) missing.add(name);
    else if (!value) continue;
    else if (value.shape.join() !== current.shape.join())
      unfit.add(`${name} [${value.shape.join()}], not [${current.shape.join()}]`);
    else state[full] = value;
  }
  return {
    state,
    missing: [...missing],
    extra: Object.keys(tensors).filter(name => !known.has(name)),
    unfit: [...unfit],
    otherTypes: Object.entries(others).flatMap(([name, type]) => (known.has(name) ? [`${name} of type ${type}`] : [])),
  };
}

/**
 * Reads the weights of a safetensors file that fit a program's variables.
 * @param base the folder of the experiment file, to which the path is relative
 * @throws Error that names the file and says why it cannot be read, or that nothing in it fits
 */
export async function readPretrained(
  name: string,
  base: string,
  variables: readonly StateVariable[],
): Promise<PretrainedWeights> {
  const file = path.resolve(base, name);
  try {
    const { tensors, others } = decodeTensors(await readRegularFile(file, largestFile));
    const found = matchWeights(tensors, variables, others);
    const used = Object.entries(tensors).filter(([tensor]) => !found.extra.includes(tensor));
    checkFinite(Object.fromEntries(used));
    const [other] = found.otherTypes;
    if (other !== undefined && Object.keys(found.state).length === 0)
      throw new Error(`${other} cannot be used; save the weights as F32, F16 or BF16`);
    if (Object.keys(found.state).length === 0)
      throw new Error("none of its tensors has the name and the shape of one of the network's");
    return found;
  } catch (cause) {
    throw new Error(
      `network.pretrained: cannot use ${file}: ${cause instanceof ReadError ? cause.reason : reasonOf(cause)}`,
      { cause },
    );
  }
}

/** Describes the outcome of a match as a line for a log. */
export function describePretrained({ state, missing, extra, unfit, otherTypes }: PretrainedWeights): string {
  const list = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [`${names.length} ${what} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`];
  return [
    `${Object.keys(state).length} weights loaded`,
    ...list('missing', missing),
    ...list('extra', extra),
    ...list('of another shape', unfit),
    ...list('of a type that is not read', otherTypes),
  ].join('; ');
}
