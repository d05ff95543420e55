import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type * as z from 'zod';
import { findConflicts } from './conflicts';
import { experimentSchema, type Experiment } from './experimentSchema';

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

/**
 * Reads an experiment file; comments and trailing commas are accepted, as in the editor.
 * @throws ExperimentError for what is wrong in it; Error for one that cannot be read
 */
export async function readExperimentFile(file: string): Promise<ExperimentFile> {
  const absolute = path.resolve(file);
  const text = await readFile(absolute, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${file}: ${error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.message})`}`,
      { cause: error },
    );
  });
  const experiment = parseExperiment(absolute, text);
  const base = path.dirname(absolute);
  return { file: absolute, experiment, base, folder: trainingRunFolder(absolute, experiment) };
}

function parseExperiment(file: string, text: string): Experiment {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true }) as unknown;
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new ExperimentError(file, [`it is no JSON: ${printParseErrorCode(first.error)} in line ${line}`]);
  }
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) throw new ExperimentError(file, parsed.error.issues.map(describeIssue));
  const conflicts = findConflicts(parsed.data);
  if (conflicts.length > 0)
    throw new ExperimentError(
      file,
      conflicts.map(({ key, message }) => `${key}: ${message}`),
    );
  return parsed.data;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => `there is no setting ${at === '' ? key : `${at}.${key}`}`).join('; ');
  return at === '' ? issue.message : `${at}: ${issue.message}`;
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
