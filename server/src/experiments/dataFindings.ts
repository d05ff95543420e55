import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../engine/experiment/experimentSchema';
import { trainingRunFolder } from '../engine/experiment/experimentFile';
import type { Inspection } from '../jobs/jobMessages';
import { checkSchema } from './checkSchema';
import { problemsOfData, dataSettings, dataPaths } from './dataProblems';
import type { TextProblem } from '../jsonFiles/problems';
import { validPart } from './experimentText';
import { type JsonText } from '../jsonFiles/jsonText';
import { FolderWatch } from './folderWatch';

/** Inspects an experiment's folders and files, which are relative to `base`; rejects once aborted. */
export type InspectExperiment = (experiment: Experiment, base: string, signal: AbortSignal) => Promise<Inspection>;

/** Milliseconds between two checks of the folders. */
const checkInterval = 2000;

/**
 * Keeps the problems with the data of one experiment: the data are inspected when the experiment names other data, and
 * when these change.
 */
export class DataFindings {
  private readonly watch = new FolderWatch();
  private current: { experiment: Experiment; value: unknown } | undefined;
  private running: AbortController | undefined;
  private signature = '';
  private found: { problems: readonly TextProblem[]; value: unknown } = { problems: [], value: undefined };
  private readonly timer: NodeJS.Timeout;

  /**
   * @param file the experiment file, which paths are relative to; undefined: nothing can be inspected
   * @param onChange called when the problems have changed
   */
  constructor(
    private readonly file: string | undefined,
    private readonly inspectData: InspectExperiment,
    private readonly onChange: () => void,
  ) {
    this.timer = setInterval(() => {
      void this.checkFolders();
    }, checkInterval).unref();
  }

  /** The problems of those sections that are unchanged since the inspection and valid in themselves. */
  problems(source: JsonText): TextProblem[] {
    const wrong = new Set(checkSchema(source).map(({ path: [section] }) => section));
    return this.found.problems.filter(
      ({ path: [section] }) =>
        !wrong.has(section) &&
        isDeepStrictEqual(sectionOf(source.value, section), sectionOf(this.found.value, section)),
    );
  }

  /** Inspects the data if necessary. @param force inspects them even if the experiment names the same data */
  update(source: JsonText, force = false): void {
    const experiment = validPart(source.value);
    const before = this.current?.experiment;
    this.current = experiment && { experiment, value: source.value };
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
      const problems = await problemsOfData(
        await this.inspectData(experiment, base, controller.signal),
        experiment,
        base,
      );
      if (controller.signal.aborted) return; // superseded
      this.found = { problems, value };
      this.onChange();
    } catch {
      // Superseded, or the process ended, which the log reports: the next change inspects the data again.
    }
  }

  private async checkFolders(): Promise<void> {
    const { current, file } = this;
    if (!current || file === undefined) return;
    const signature = await this.signatureNow(current.experiment, file);
    if (current === this.current && signature !== this.signature) await this.inspect(current.experiment, current.value);
  }

  /**
   * The signature of the experiment's folders now. A run's own folder is left out, since the run writes into it all the
   * time.
   */
  private signatureNow(experiment: Experiment, file: string): Promise<string> {
    return this.watch.signature(dataPaths(experiment, path.dirname(file)), trainingRunFolder(file, experiment));
  }
}

function sectionOf(value: unknown, section: string | number | undefined): unknown {
  return section !== undefined && typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[section]
    : undefined;
}
