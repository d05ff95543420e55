import path from 'node:path';
import { writeAtomically } from '../../../../../files/atomic';
import { isThere } from '../../../../../files/keepAside';
import { reasonOf } from '../../../../../mask/errors';
import type { NetworkExport } from '../../../../../protocol/trainingRun';
import { checkedState } from '../../backend/programValues';
import { resolveClasses } from '../../dataset/layouts/classList';
import { trainedSize } from '../../experiment/trainedSize';
import { toStandaloneOnnx } from '../../graph/onnx/onnxModel';
import type { Size } from '../../image/picture';
import { ModelError, readTrainedNetwork, type TrainedNetwork } from '../prediction/adaptedModel';
import { probabilityProgram, programWeights } from '../prediction/model';
import { describeRun } from '../run/describeRun';
import { makeFolder } from '../run/makeFolder';
import { readRunListing } from '../run/runFolder';
import { networkCard, type ExportedClass } from './networkCard';

/** Ends a write whose files exist already. */
class ExistingFilesError extends Error {
  constructor(readonly files: string[]) {
    super(`${files.join(', ')} would be replaced`);
  }
}

interface ExportOptions {
  /** Whether files of these names are replaced; else the result names them. */
  readonly replace: boolean;
  readonly signal?: AbortSignal;
  /** Called before files are written: the last moment for a cancel. */
  readonly beginWriting?: () => void;
}

/**
 * Writes the network of a run as `NAME.onnx`, which ONNX Runtime and others run without Labelless, and `NAME.md`, a
 * card that says what it is and how it is used. Both are written or none.
 * @param destination the folder, which is made where there is none
 * @throws Error that says what the run lacks, or why a file cannot be written
 */
export async function exportNetwork(
  run: string,
  destination: string,
  { replace, signal, beginWriting }: ExportOptions,
): Promise<NetworkExport> {
  const folder = path.resolve(run);
  const network = await readTrainedNetwork(folder).catch((error: unknown) => {
    throw error instanceof ModelError ? new Error(error.message, { cause: error }) : error; // of no setting here
  });
  signal?.throwIfAborted();
  const name = path.basename(folder);
  const [width, height] = trainedSize(network.experiment);
  const classes = exportedClasses(network);
  const file = (ending: string) => path.join(path.resolve(destination), `${name}.${ending}`);
  const files = new Map<string, string | Uint8Array>([
    [file('onnx'), encodeNetwork(folder, network, classes, { width, height })],
    [file('md'), await cardOf(folder, network, classes, { width, height })],
  ]);
  beginWriting?.();
  await makeFolder(path.resolve(destination));
  try {
    await writeAtomically(files, { signal, check: replace ? undefined : () => checkAbsent([...files.keys()]) });
  } catch (error) {
    if (error instanceof ExistingFilesError) return { existing: error.files };
    throw error;
  }
  return { written: [...files.keys()] };
}

async function checkAbsent(files: readonly string[]): Promise<void> {
  const present: string[] = [];
  for (const file of files) if (await isThere(file)) present.push(file);
  if (present.length > 0) throw new ExistingFilesError(present);
}

/** The classes of a network with the values that mean them in the labels that it learned from. */
function exportedClasses({ experiment, classes }: TrainedNetwork): ExportedClass[] {
  const { definitions } = resolveClasses(experiment.classes);
  return classes.map(({ name, colour }, index) => ({ name, colour, values: definitions[index]?.values ?? [] }));
}

function encodeNetwork(
  folder: string,
  { experiment, checkpoint }: TrainedNetwork,
  classes: readonly ExportedClass[],
  size: Size,
): Uint8Array {
  const program = probabilityProgram(experiment, classes.length, size);
  try {
    const weights = Object.fromEntries(checkedState(program, programWeights(program, checkpoint.tensors)));
    return toStandaloneOnnx(program, weights, { classes: JSON.stringify(classes) });
  } catch (cause) {
    throw new Error(`${folder}: its checkpoint does not fit its network: ${reasonOf(cause)}`, { cause });
  }
}

async function cardOf(
  folder: string,
  { experiment, checkpoint }: TrainedNetwork,
  classes: readonly ExportedClass[],
  size: Size,
): Promise<string> {
  const listing = await readRunListing(folder);
  const changed = (await describeRun(folder))?.changed;
  return networkCard({
    name: path.basename(folder),
    network: experiment.network,
    classes,
    isFromClassList: experiment.source.layout === 'labelless',
    size,
    steps: checkpoint.step,
    labelled: countFiles(listing?.source),
    unlabelled: experiment.adaptation.strategy === 'none' ? undefined : countFiles(listing?.target),
    date: changed === undefined ? undefined : new Date(changed),
  });
}

const countFiles = (files: object | undefined) => files && Object.keys(files).length;
