import path from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { ExperimentBoard } from './experiments/openExperiments';
import { TrainingNotification } from '../../protocol/trainingMessages';
import { StatusNotification } from '../../protocol/statusMessages';
import { registerAdapt } from './handlers/adapt';
import { registerAdaptEvaluate } from './handlers/adaptEvaluate';
import { registerAdaptRuns } from './handlers/adaptRuns';
import { neverAborted } from './handlers/cancellation';
import { registerCodeAction } from './handlers/codeAction';
import { LensRefresher, registerCodeLens } from './handlers/codeLens';
import { registerCompletion } from './handlers/completion';
import { SettingsReader } from './handlers/configuration';
import type { ServerContext } from './handlers/context';
import { DiagnosticsBoard, registerDiagnostics } from './handlers/diagnostics';
import { registerDocumentColor } from './handlers/documentColor';
import { registerDocuments } from './handlers/documents';
import { registerDocumentSymbol } from './handlers/documentSymbol';
import { registerExport } from './handlers/export';
import { registerExportSet } from './handlers/exportSet';
import { registerFigure } from './handlers/figure';
import { registerFormatting } from './handlers/formatting';
import { registerHover } from './handlers/hover';
import { registerInitialize } from './handlers/initialize';
import { registerNewExperiment } from './handlers/newExperiment';
import { registerPicture } from './handlers/picture';
import { registerSegment } from './handlers/segment';
import { registerShutdown } from './handlers/shutdown';
import { registerStatus, StatusBoard } from './handlers/status';
import { registerThumbnail } from './handlers/thumbnail';
import { registerStop, RunningRequests } from './handlers/stop';
import { Lane } from './jobs/lane';
import { TrainingRuns } from './jobs/training/runs';

const generalHandlers = [
  registerInitialize,
  registerSegment,
  registerExport,
  registerExportSet,
  registerFigure,
  registerThumbnail,
  registerStop,
  registerPicture,
  registerStatus,
  registerDiagnostics,
  registerShutdown,
];
const experimentHandlers = [
  registerAdapt,
  registerAdaptRuns,
  registerAdaptEvaluate,
  registerDocuments,
  registerCompletion,
  registerHover,
  registerDocumentSymbol,
  registerFormatting,
  registerDocumentColor,
  registerCodeAction,
  registerCodeLens,
  registerNewExperiment,
];

/** Seconds that an unused worker is kept, warm with its libraries loaded. */
const trainingIdle = 60;
const quickIdle = 10;

/**
 * Answers one client on `connection`.
 * @param folder where results too large for a message go; the caller removes it in the end
 */
export function serve(connection: Connection, folder: string): void {
  const file = path.join(__dirname, 'job.js');
  const onChange = () => {
    status.changed();
  };
  const log = (message: string) => {
    connection.console.info(message);
  };
  const lane = (idleSeconds: number, changed: () => void) =>
    new Lane({ file, folder, idleMilliseconds: idleSeconds * 1000, onChange: changed, log });
  const [training, quick] = [lane(trainingIdle, onChange), lane(quickIdle, onChange)];
  // Lanes of their own: pictures for editors must not wait for a large data set to be looked through, or to be measured
  // on.
  const [checks, measuring] = [lane(quickIdle, () => undefined), lane(quickIdle, () => undefined)];
  const lenses = new LensRefresher(connection);
  const experiments = new ExperimentBoard({
    publish: (uri, diagnostics, version) => {
      void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
    },
    inspect: (experiment, base, cancel) =>
      checks.run<'inspect'>(
        { kind: 'inspect', experiment, base },
        { stop: neverAborted, cancel, onEvent: () => undefined },
      ),
    lensesChanged: () => {
      lenses.refresh();
    },
  });
  const runs = new TrainingRuns(path.join(__dirname, 'train.js'), news => {
    void connection.sendNotification(TrainingNotification.method, news);
  });
  const status = new StatusBoard(
    () => ({ running: training.queue.running, waiting: training.queue.waiting }),
    now => {
      void connection.sendNotification(StatusNotification.method, now);
    },
  );
  const context: ServerContext = {
    connection,
    training,
    quick,
    checks,
    measuring,
    runs,
    experiments,
    lenses,
    status,
    spill: folder,
    settings: new SettingsReader(connection),
    diagnostics: new DiagnosticsBoard(connection),
    requests: new RunningRequests(),
  };
  for (const register of [...generalHandlers, ...experimentHandlers]) register(context);
  connection.listen();
}
