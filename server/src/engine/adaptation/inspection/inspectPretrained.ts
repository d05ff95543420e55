import { ReadError } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';
import { listNames, type DataFinding } from '../../dataset/inspection/dataFinding';
import { countClasses } from '../../dataset/layouts/classList';
import { findConflicts } from '../../experiment/conflicts';
import type { Experiment } from '../../experiment/experimentSchema';
import { bundledWeightsFile, readBundledWeights } from '../networks/bundledWeights';
import { matchWeights, pretrainedFile, type PretrainedWeights } from '../networks/pretrainedWeights';
import { readHeader } from '../networks/safetensorsHeader';
import { trainingProgram } from '../training/trainingProgram';

/** The share of a network's weights below which a file is taken for another network's. */
const fewWeights = 0.5;

/**
 * Finds whether the file of pretrained weights that an experiment names or needs is there, whole, and of its network.
 * Of a file that the experiment names only the header is read.
 */
export async function inspectPretrained(experiment: Experiment, base: string): Promise<DataFinding[]> {
  const { name, pretrained } = experiment.network;
  const file = pretrainedFile(experiment.network, base);
  if (file === undefined) return [];
  const path = ['network', pretrained === undefined ? 'name' : 'pretrained'];
  try {
    if (file === bundledWeightsFile()) await readBundledWeights(file);
    const { entries, others } = await readHeader(file);
    if (findConflicts(experiment).length > 0) return [];
    const { state } = trainingProgram(experiment, countClasses(experiment.classes));
    const finding = misfit(matchWeights(entries, state, others), name, file);
    return finding ? [{ path, ...finding }] : [];
  } catch (error) {
    const hint = pretrained === undefined ? '' : hintOnPath(pretrained, error);
    return [{ path, severity: 'error', code: 'unreadable-weights', message: `${reasonOf(error)}${hint}.` }];
  }
}

/** Says what to do about a path from Windows on another system, which takes its backslashes for letters. */
function hintOnPath(written: string, error: unknown): string {
  const isMissing = error instanceof ReadError && error.code === 'ENOENT';
  if (!isMissing || process.platform === 'win32') return '';
  if (/^[a-z]:|^\\\\/i.test(written))
    return '; this is a path from Windows: copy the file to this machine, and name it by its path here';
  return written.includes('\\') ? `; write its path with slashes: ${written.replaceAll('\\', '/')}` : '';
}

/** Matches tensors within the blocks of an encoder, by timm's names and by those of the shipped one. */
const blockName = /^(?:blocks|encoder)\.(?!.*num_batches_tracked$)/;

/** The fault of weights that are another network's, or probably are. */
function misfit(
  { fitting, missing, unfit, extra, otherTypes }: PretrainedWeights<{ shape: readonly number[] }>,
  network: string,
  file: string,
): Omit<DataFinding, 'path'> | undefined {
  const total = fitting.length + missing.length + unfit.length + otherTypes.length;
  // EfficientNet-B0, for one, has all of Lite0's tensors, and others between them.
  const foreign = extra.filter(name => blockName.test(name));
  const [first] = [...otherTypes.map(each => `${each} is not read, save it as F32, F16 or BF16`), ...unfit];
  const why = first ?? `it has no ${listNames(missing)}`;
  if (fitting.length === 0)
    return {
      severity: 'error',
      code: 'unfit-weights',
      message:
        `${file}: none of the ${total} weights of ${network} is in it by its name and shape (${why}). ` +
        'It belongs to another network: name that one, or other weights.',
    };
  if (foreign.length > 0)
    return {
      severity: 'error',
      code: 'unfit-weights',
      message:
        `${file}: its blocks have ${foreign.length === 1 ? 'a tensor' : `${foreign.length} tensors`} that ${network} ` +
        `lacks (${listNames(foreign)}). ` +
        'It belongs to another network: name that one, or other weights.',
    };
  if (fitting.length >= fewWeights * total) return undefined;
  return {
    severity: 'warning',
    code: 'few-weights',
    message:
      `${file}: only ${fitting.length} of the ${total} weights of ${network} are in it by their name and ` +
      `shape (${why}). The others keep their initial values: it may belong to another network.`,
  };
}
