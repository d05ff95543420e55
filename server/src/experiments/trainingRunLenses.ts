import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { describeRun } from '../engine/adaptation/run/describeRun';
import { trainingRunFolder } from '../engine/experiment/experimentFile';
import { runFiles, runFolders } from '../engine/experiment/trainingRunMark';
import { validPart } from './experimentText';
import { type JsonText } from '../jsonFiles/jsonText';
import { FolderWatch } from './folderWatch';
import { isUnderWay } from '../../../protocol/trainingRun';

/**
 * The code lenses of an experiment for the state of its run. The client has their commands, with the arguments
 * `[experimentUri, runFolderUri]`.
 */
export function trainingRunLenses(uri: string, folder: string, run: TrainingRun | undefined): CodeLens[] {
  const start = { line: 0, character: 0 };
  return actionsOf(run).map(([command, title]) => ({
    range: { start, end: start },
    command: { command: `labelless.${command}`, title, arguments: [uri, URI.file(folder).toString()] },
  }));
}

type Action = readonly [
  command: 'trainExperiment' | 'resumeExperiment' | 'evaluateExperiment' | 'openRun',
  title: string,
];

function actionsOf(run: TrainingRun | undefined): Action[] {
  if (!run) return [['trainExperiment', `▶ ${l10n.t('Train')}`]];
  const { step, steps } = run;
  const open = (title: string): Action => ['openRun', [title, ...scoresOf(run)].join(' · ')];
  const evaluate: Action[] = run.checkpoint === undefined ? [] : [['evaluateExperiment', l10n.t('Evaluate')]];
  const again: Action[] = [
    ['resumeExperiment', `▶ ${l10n.t('Resume at step {0} of {1}', step, steps)}`],
    ['trainExperiment', l10n.t('Train Again')],
  ];
  switch (run.state) {
    case 'running':
      return [open(l10n.t('Open Run: training, step {0} of {1}', step, steps))];
    case 'paused':
      return [open(l10n.t('Open Run: paused, step {0} of {1}', step, steps))];
    case 'finished':
      return [['trainExperiment', `▶ ${l10n.t('Train Again')}`], ...evaluate, open(l10n.t('Open Run'))];
    case 'stopped':
      return [...again, ...evaluate, open(l10n.t('Open Run'))];
    case 'failed':
      return [...again, ...evaluate, open(l10n.t('Open Run: failed'))];
  }
}

/** The scores of a run, on the target and on held-out source pictures. */
function scoresOf({ mIoU, heldOutMIoU, best }: TrainingRun): string[] {
  const heldOut = best?.heldOutMIoU ?? heldOutMIoU;
  return [
    ...(mIoU === undefined ? [] : [`mIoU ${mIoU.toFixed(3)}`]),
    ...(heldOut === undefined ? [] : [l10n.t('held-out mIoU {0}', heldOut.toFixed(3))]),
  ];
}

/** Milliseconds between two checks of a run's folder. */
const checkInterval = 2000;

/** Watches the folder of an experiment's training run, and makes the code lenses for its state. */
export class TrainingRunWatch {
  private readonly watch = new FolderWatch();
  private folder: string | undefined;
  private signature = '';
  private shownLenses: string | undefined;
  /** Whether a process trained at the last check of the folder. */
  private active = false;
  private readonly timer: NodeJS.Timeout;

  /**
   * @param file the experiment file; undefined: there is no run
   * @param onChange called when the lenses have changed
   */
  constructor(
    private readonly uri: string,
    private readonly file: string | undefined,
    private readonly onChange: () => void,
  ) {
    this.timer = setInterval(() => {
      void this.checkFolder();
    }, checkInterval).unref();
  }

  update(source: JsonText): void {
    const folder = this.folderOf(source);
    if (folder === this.folder) return;
    this.folder = folder;
    if (this.shownLenses !== undefined) this.onChange();
  }

  async lenses(source: JsonText): Promise<CodeLens[]> {
    const folder = (this.folder = this.folderOf(source));
    const lenses = folder === undefined ? [] : await this.lensesNow(folder);
    this.shownLenses = JSON.stringify(lenses);
    return lenses;
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  /** The folder of the run; undefined for an experiment that is not valid. */
  private folderOf(source: JsonText): string | undefined {
    const experiment = validPart(source.value);
    return this.file === undefined || !experiment ? undefined : trainingRunFolder(this.file, experiment);
  }

  private async lensesNow(folder: string): Promise<CodeLens[]> {
    const run = await describeRun(folder).catch(() => undefined);
    this.active = run !== undefined && isUnderWay(run);
    return trainingRunLenses(this.uri, folder, run);
  }

  private async checkFolder(): Promise<void> {
    const { folder, shownLenses } = this;
    if (folder === undefined || shownLenses === undefined) return;
    const places = [runFiles.config, runFiles.state, runFiles.log, runFolders.checkpoints].map(name =>
      path.join(folder, name),
    );
    const signature = await this.watch.signature(places);
    // A process that dies leaves no sign in the folder.
    if (signature === this.signature && !this.active) return;
    this.signature = signature;
    if (JSON.stringify(await this.lensesNow(folder)) !== this.shownLenses) this.onChange();
  }
}
