import path from 'node:path';
import { ReadError, readRegularFile } from '../../../../files/regularFile';
import { reasonOf } from '../../../../mask/errors';
import { parseJson } from '../../../../mask/files/json';
import { findConflicts } from './conflicts';
import { experimentSchema, type Experiment } from './experimentSchema';
import { describeIssues } from '../../../../mask/issueText';

/** An experiment file that has been read and is valid in itself; its folders may be missing. */
export interface ExperimentFile {
  /** Absolute path. */
  readonly file: string;
  readonly experiment: Experiment;
  /** The folder that the experiment's paths are relative to. */
  readonly base: string;
  /** The folder of the training run. */
  readonly folder: string;
}

/** The error for an invalid experiment file: a line for each fault, by key. */
export class ExperimentError extends Error {
  constructor(
    file: string,
    readonly problems: readonly string[],
  ) {
    super(problems.map(problem => `${path.basename(file)}: ${problem}`).join('\n'));
  }
}

/** The largest experiment file that is read, bytes. */
const largestFile = 1e6;

/**
 * Reads an experiment file; comments and trailing commas are accepted, as in the editor.
 * @throws ExperimentError for what is wrong in it; ReadError for one that cannot be read
 */
export async function readExperimentFile(file: string): Promise<ExperimentFile> {
  const absolute = path.resolve(file);
  const bytes = await readRegularFile(absolute, largestFile).catch((error: unknown) => {
    throw error instanceof ReadError ? new ReadError(file, error.reason, error.code) : error;
  });
  const experiment = parseExperiment(absolute, bytes);
  const base = path.dirname(absolute);
  return { file: absolute, experiment, base, folder: trainingRunFolder(absolute, experiment) };
}

function parseExperiment(file: string, bytes: Uint8Array): Experiment {
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch (error) {
    throw new ExperimentError(file, [reasonOf(error)]);
  }
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) throw new ExperimentError(file, describeIssues(parsed.error.issues, value));
  const conflicts = findConflicts(parsed.data);
  if (conflicts.length > 0)
    throw new ExperimentError(
      file,
      conflicts.map(({ key, message }) => `${key}: ${message}`),
    );
  return parsed.data;
}

/** Resolves the folder of an experiment's run: the one it names, else `runs/NAME` beside the file `NAME.adapt.json`. */
export function trainingRunFolder(file: string, { output }: Pick<Experiment, 'output'>): string {
  return path.resolve(
    path.dirname(file),
    output.folder ??
      path.join(
        'runs',
        path
          .basename(file)
          .replace(/\.adapt\.json$/i, '')
          .replace(/\.json$/i, ''),
      ),
  );
}
