import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../engine/experiment/experimentSchema';
import { trainingRunFolder } from '../engine/experiment/experimentFile';
import type { Inspection } from '../jobs/jobMessages';
import { checkSchema } from './checkSchema';
import { problemsOfData, dataSettings, dataPaths } from './dataProblems';
import type { ExperimentProblem } from './problems';
import { validPart, type ExperimentText } from './experimentText';
import { FolderWatch } from './folderWatch';

/** Looks at an experiment's folders and files, which are relative to `base`; rejects once aborted. */
export type InspectExperiment = (experiment: Experiment, base: string, signal: AbortSignal) => Promise<Inspection>;

/** Folders are looked at this often: milliseconds. */
const lookEvery = 2000;

/**
 * What is wrong with the data of one experiment: looked at when the experiment says other data, and when these change.
 */
export class DataFindings {
  private readonly watch = new FolderWatch();
  private now: { experiment: Experiment; value: unknown } | undefined;
  private running: AbortController | undefined;
  private signature = '';
  private found: { problems: readonly ExperimentProblem[]; value: unknown } = { problems: [], value: undefined };
  private readonly timer: NodeJS.Timeout;

  /**
   * @param file the experiment's, to whose folder paths are relative; without it there is nothing to look at
   * @param changed called when there are other problems
   */
  constructor(
    private readonly file: string | undefined,
    private readonly look: InspectExperiment,
    private readonly changed: () => void,
  ) {
    this.timer = setInterval(() => {
      void this.lookAround();
    }, lookEvery).unref();
  }

  /** Problems of the sections that still say what they said, and are right in themselves. */
  problems(source: ExperimentText): ExperimentProblem[] {
    const wrong = new Set(checkSchema(source).map(({ path: [section] }) => section));
    return this.found.problems.filter(
      ({ path: [section] }) =>
        !wrong.has(section) &&
        isDeepStrictEqual(sectionOf(source.value, section), sectionOf(this.found.value, section)),
    );
  }

  /** @param force looks again, whether or not the experiment says other data */
  update(source: ExperimentText, force = false): void {
    const experiment = validPart(source.value);
    const before = this.now?.experiment;
    this.now = experiment && { experiment, value: source.value };
    if (!experiment) this.forget();
    else if (force || !before || !isDeepStrictEqual(dataSettings(experiment), dataSettings(before)))
      void this.inspect(experiment, source.value);
  }

  dispose(): void {
    clearInterval(this.timer);
    this.running?.abort();
  }

  private forget(): void {
    this.running?.abort();
    this.found = { problems: [], value: undefined };
  }

  private async inspect(experiment: Experiment, value: unknown): Promise<void> {
    if (this.file === undefined) return;
    const base = path.dirname(this.file);
    this.running?.abort();
    const controller = (this.running = new AbortController());
    try {
      this.signature = await this.signatureNow(experiment, this.file);
      const problems = await problemsOfData(await this.look(experiment, base, controller.signal), experiment, base);
      if (controller.signal.aborted) return; // superseded
      this.found = { problems, value };
      this.changed();
    } catch {
      // Superseded, or its process ended, which its log tells: the next change looks again.
    }
  }

  private async lookAround(): Promise<void> {
    const { now, file } = this;
    if (!now || file === undefined) return;
    const signature = await this.signatureNow(now.experiment, file);
    if (now === this.now && signature !== this.signature) await this.inspect(now.experiment, now.value);
  }

  /** A run writes into its folder all the time, which is none of the data's business. */
  private signatureNow(experiment: Experiment, file: string): Promise<string> {
    return this.watch.signature(dataPaths(experiment, path.dirname(file)), trainingRunFolder(file, experiment));
  }
}

function sectionOf(value: unknown, section: string | number | undefined): unknown {
  return section !== undefined && typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[section]
    : undefined;
}
