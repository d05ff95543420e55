import type { Connection } from 'vscode-languageserver/node';
import type { ExperimentBoard } from '../experiments/openExperiments';
import type { Lane } from '../jobs/lane';
import type { LensRefresher } from './codeLens';
import type { TrainingRuns } from '../jobs/training/runs';
import type { DiagnosticsBoard } from './diagnostics';
import type { RunningRequests } from './stop';
import type { SettingsReader } from './configuration';
import type { StatusBoard } from './status';

/** What the handlers of one server share. */
export interface ServerContext {
  readonly connection: Connection;
  /** Training: one job at a time, others wait. */
  readonly training: Lane;
  /** Short work that must not wait for training. */
  readonly quick: Lane;
  /** What may take seconds and must hold up neither. */
  readonly checks: Lane;
  /** Experiment files that the client has open. */
  readonly experiments: ExperimentBoard;
  readonly lenses: LensRefresher;
  /** Measuring of runs. */
  readonly measuring: Lane;
  /** Training runs of Method 2. */
  readonly runs: TrainingRuns;
  readonly settings: SettingsReader;
  readonly diagnostics: DiagnosticsBoard;
  readonly status: StatusBoard;
  readonly requests: RunningRequests;
  /** Where results too large for a message go. */
  readonly spill: string;
}
