import type { Connection } from 'vscode-languageserver/node';
import type { OpenExperiments } from '../experiments/openExperiments';
import type { Lanes } from '../jobs/lane';
import type { TrainingRuns } from '../jobs/training/trainingRuns';
import type { ImageDiagnostics, LensRefresher, SegmentRequests } from './serverState';
import type { SettingsReader } from './settingsReader';
import type { StatusReporter } from './statusReporter';

/** The objects that the handlers of one server share. */
export interface ServerContext {
  readonly connection: Connection;
  readonly lanes: Lanes;
  /** Training runs of Method 2. */
  readonly runs: TrainingRuns;
  /** Experiment files that the client has open. */
  readonly experiments: OpenExperiments;
  readonly lenses: LensRefresher;
  readonly settings: SettingsReader;
  readonly diagnostics: ImageDiagnostics;
  readonly status: StatusReporter;
  readonly segmentRequests: SegmentRequests;
  /** The folder for results too large for a message. */
  readonly resultFolder: string;
}
