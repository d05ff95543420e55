import { readFile } from 'node:fs/promises';
import type { StateVariable } from '../../graph';
import { decodeTensors } from './safetensors';
import type { TensorValue } from '../../graph/core/operation';
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
}

/**
 * Matches names of weights and running averages of a network or a teacher; names of moments and step counts of
 * optimizers have further slashes.
 */
const weightName = /^(?:network|teacher)\/([^/]+)$/;

/** Matches tensors with a program's weights by name. */
export function matchWeights(
  tensors: Readonly<Record<string, TensorValue>>,
  variables: readonly StateVariable[],
): PretrainedWeights {
  const state: Record<string, TensorValue> = {};
  const [missing, unfit, known] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { name: full, current } of variables) {
    const name = weightName.exec(full)?.[1];
    if (name === undefined) continue;
    known.add(name);
    const value = tensors[name];
    if (!value) missing.add(name);
    else if (value.shape.join() !== current.shape.join())
      unfit.add(`${name} [${value.shape.join()}], not [${current.shape.join()}]`);
    else state[full] = value;
  }
  return {
    state,
    missing: [...missing],
    extra: Object.keys(tensors).filter(name => !known.has(name)),
    unfit: [...unfit],
  };
}

/**
 * Reads the weights of a safetensors file that fit a program's variables.
 * @throws Error that names the file and says why it cannot be read, or that nothing in it fits
 */
export async function readPretrained(file: string, variables: readonly StateVariable[]): Promise<PretrainedWeights> {
  try {
    const found = matchWeights(decodeTensors(await readFile(file)).tensors, variables);
    if (Object.keys(found.state).length === 0)
      throw new Error("none of its tensors has the name and the shape of one of the network's");
    return found;
  } catch (cause) {
    throw new Error(`network.pretrained: cannot use ${file}: ${reasonOf(cause)}`, { cause });
  }
}

/** Describes the outcome of a match as a line for a log. */
export function describePretrained({ state, missing, extra, unfit }: PretrainedWeights): string {
  const list = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [`${names.length} ${what} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`];
  return [
    `${Object.keys(state).length} weights loaded`,
    ...list('missing', missing),
    ...list('extra', extra),
    ...list('of another shape', unfit),
  ].join('; ');
}
