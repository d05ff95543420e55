import path from 'node:path';
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { StatusNotification } from '../../protocol/statusMessages';
import { TrainingNotification } from '../../protocol/trainingMessages';
import { OpenClassFiles } from './classFiles/openClassFiles';
import { OpenExperiments } from './experiments/openExperiments';
import { type ServerContext, ImageDiagnostics, LensRefresher, SegmentRequests } from './handlers/serverState';
import { registerClasses } from './handlers/classes';
import { registerExport } from './handlers/export';
import { registerImages } from './handlers/images';
import { registerLanguage } from './handlers/language';
import { registerLearning } from './handlers/learning';
import { registerLifecycle } from './handlers/lifecycle';
import { registerQueue } from './handlers/queue';
import { registerSegment } from './handlers/segment';
import { SettingsReader } from './handlers/settingsReader';
import { StatusReporter } from './handlers/statusReporter';
import { registerSeries } from './handlers/series';
import { registerSession } from './handlers/session';
import { registerTraining } from './handlers/training';
import { openLanes } from './jobs/lanes';
import { TrainingRuns } from './jobs/training/trainingRuns';

const features = [
  registerLifecycle,
  registerImages,
  registerSegment,
  registerExport,
  registerSeries,
  registerSession,
  registerClasses,
  registerLearning,
  registerTraining,
  registerQueue,
  registerLanguage,
];

/**
 * Serves one client on `connection`.
 * @param resultFolder the folder for results too large for a message; the caller removes it in the end
 */
export function serve(connection: Connection, resultFolder: string): void {
  const lanes = openLanes({
    file: path.join(__dirname, 'job.js'),
    folder: resultFolder,
    onChange: () => {
      status.changed();
    },
    log: message => {
      connection.console.info(message);
    },
  });
  const status = new StatusReporter(
    () => ({ running: lanes.segmentation.queue.running, waiting: lanes.segmentation.queue.waiting }),
    latest => {
      void connection.sendNotification(StatusNotification.method, latest);
    },
  );
  const runs = new TrainingRuns(path.join(__dirname, 'train.js'), update => {
    void connection.sendNotification(TrainingNotification.method, update);
  });
  const lenses = new LensRefresher(connection);
  const publish = (uri: string, diagnostics: Diagnostic[], version?: number) => {
    void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  };
  const settings = new SettingsReader(connection);
  const experiments = new OpenExperiments({
    publish,
    inspect: (experiment, base, cancel) => lanes.inspection.run({ kind: 'inspect', experiment, base }, { cancel }),
    lensesChanged: () => {
      lenses.refresh();
    },
  });
  const context: ServerContext = {
    connection,
    lanes,
    runs,
    experiments,
    classFiles: new OpenClassFiles(publish, async (uri, file, cancel) => {
      const task = { kind: 'classesInUse' as const, folder: path.dirname(file), settings: await settings.read(uri) };
      return lanes.session.run(task, { cancel });
    }),
    lenses,
    status,
    resultFolder,
    settings,
    diagnostics: new ImageDiagnostics(connection),
    segmentRequests: new SegmentRequests(),
  };
  for (const register of features) register(context);
  connection.listen();
}
