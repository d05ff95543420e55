import path from 'node:path';
import { bundledWeightsFile, readBundledWeights } from './bundledWeights';
import { networkPrefix } from './networkWeights';
import { foldNormalisations } from './foldedNormalisation';
import { renameTimm } from './pretrainedNames';
import type { StateVariable } from '../../graph';
import { checkFinite, decodeTensors, type TensorFile } from './safetensors';
import type { TensorValue } from '../../graph/core/operation';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';

/** What a file says of a tensor: at least its shape. */
interface Shaped {
  readonly shape: readonly number[];
}

/** The weights of a file, matched with those of a network by name and shape. */
export interface PretrainedWeights<T extends Shaped = TensorValue> {
  /** The matched weights by their names in the state of a session, to be written into it. */
  readonly state: Readonly<Record<string, T>>;
  /** Names of the network's weights that the file has. */
  readonly fitting: readonly string[];
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
 * Matches names of weights and running averages of a network, a teacher or the encoder kept as it was; names of moments
 * and step counts of optimizers have further slashes.
 */
const weightName = /^(?:network|teacher|imagenet)\/([^/]+)$/;

/**
 * The file from which a network's pretrained weights are read: the one that the experiment names, the encoder that
 * comes with the program for the network that needs it, or none.
 * @param base the folder of the experiment file, to which the path is relative
 */
export function pretrainedFile(
  { name, pretrained }: { readonly name: string; readonly pretrained?: string | undefined },
  base: string,
): string | undefined {
  if (pretrained !== undefined) return path.resolve(base, pretrained);
  return name === 'efficientnet-lite0' ? bundledWeightsFile() : undefined;
}

/** Matches names of weights of the network itself in a checkpoint. */
const checkpointName = new RegExp(`^${networkPrefix}/([^/]+)$`);

/** The tensors of a file by the names of weights: of a checkpoint of Labelless, those of its network alone. */
function weightsOf<T>(named: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const own = Object.entries(named).flatMap(([name, value]) => {
    const weight = checkpointName.exec(name)?.[1];
    return weight === undefined ? [] : [[weight, value] as const];
  });
  return own.length === 0 ? named : Object.fromEntries(own);
}

/** Matches tensors with a program's weights by name, by timm's name, or by that in a checkpoint. */
export function matchWeights<T extends Shaped>(
  named: Readonly<Record<string, T>>,
  variables: readonly Pick<StateVariable, 'name' | 'current'>[],
  otherTypes: TensorFile['others'] = {},
): PretrainedWeights<T> {
  const state: Record<string, T> = {};
  const known = new Set(variables.flatMap(({ name }) => weightName.exec(name)?.[1] ?? []));
  const tensors = foldNormalisations(renameTimm(weightsOf(named), known), known);
  const others = renameTimm(otherTypes, known);
  const [missing, unfit, fitting] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { name: full, current } of variables) {
    const name = weightName.exec(full)?.[1];
    if (name === undefined) continue;
    const value = tensors[name];
    if (!value && !Object.hasOwn(others, name)) missing.add(name);
    else if (!value) continue;
    else if (value.shape.join() !== current.shape.join())
      unfit.add(`${name} [${value.shape.join()}], not [${current.shape.join()}]`);
    else {
      state[full] = value;
      fitting.add(name);
    }
  }
  return {
    state,
    fitting: [...fitting],
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
    const { tensors, others } = decodeTensors(await readWeights(file));
    const found = matchWeights(tensors, variables, others);
    checkFinite(Object.fromEntries(found.fitting.map(each => [each, found.state[`${networkPrefix}/${each}`]!])));
    const [other] = found.otherTypes;
    if (other !== undefined && Object.keys(found.state).length === 0)
      throw new Error(`${other} cannot be used; save the weights as F32, F16 or BF16`);
    if (Object.keys(found.state).length === 0)
      throw new Error("none of its tensors has the name and the shape of one of the network's");
    return found;
  } catch (cause) {
    const part = file === bundledWeightsFile() ? 'network' : 'network.pretrained';
    const reason = cause instanceof ReadError ? cause.reason : reasonOf(cause);
    throw new Error(`${part}: cannot use ${file}: ${reason}`, { cause });
  }
}

function readWeights(file: string): Promise<Buffer> {
  return file === bundledWeightsFile() ? readBundledWeights(file) : readRegularFile(file, largestFile);
}

/** Describes the outcome of a match as a line for a log. */
export function describePretrained({ fitting, missing, extra, unfit, otherTypes }: PretrainedWeights): string {
  const list = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [`${names.length} ${what} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`];
  return [
    `${fitting.length} weights loaded`,
    ...list('missing', missing),
    ...list('extra', extra),
    ...list('of another shape', unfit),
    ...list('of a type that is not read', otherTypes),
  ].join('; ');
}
