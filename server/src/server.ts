import path from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { StatusNotification } from '../../protocol/server';
import { ExperimentBoard } from './experiments/board';
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
import { registerFormatting } from './handlers/formatting';
import { registerHover } from './handlers/hover';
import { registerInitialize } from './handlers/initialize';
import { registerNewExperiment } from './handlers/newExperiment';
import { registerPicture } from './handlers/picture';
import { registerSegment } from './handlers/segment';
import { registerShutdown } from './handlers/shutdown';
import { registerStatus, StatusBoard } from './handlers/status';
import { registerStop, RunningRequests } from './handlers/stop';
import { Lane } from './jobs/lane';

const experimentHandlers = [
  registerDocuments, registerCompletion, registerHover, registerDocumentSymbol, registerFormatting, registerDocumentColor, registerCodeAction, registerCodeLens,
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
  const onChange = () => { status.changed(); };
  const log = (message: string) => { connection.console.info(message); };
  const training = new Lane({ file, folder, idleMilliseconds: trainingIdle * 1000, onChange, log });
  const quick = new Lane({ file, folder, idleMilliseconds: quickIdle * 1000, onChange, log });
  // A lane of its own: pictures for editors must not wait for a large data set to be looked through.
  const checks = new Lane({ file, folder, idleMilliseconds: quickIdle * 1000, onChange: () => undefined, log });
  const lenses = new LensRefresher(connection);
  const experiments = new ExperimentBoard({
    publish: (uri, diagnostics, version) => { void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) }); },
    inspect: (experiment, base, cancel) => checks.run<'inspect'>({ kind: 'inspect', experiment, base }, { stop: neverAborted, cancel, onEvent: () => undefined }),
    lensesChanged: () => { lenses.refresh(); },
  });
  const status = new StatusBoard(
    () => ({ running: training.queue.running, waiting: training.queue.waiting }),
    now => { void connection.sendNotification(StatusNotification.method, now); },
  );
  const context: ServerContext = {
    connection, training, quick, checks, experiments, lenses, status,
    settings: new SettingsReader(connection),
    diagnostics: new DiagnosticsBoard(connection),
    requests: new RunningRequests(),
  };
  for (const register of [registerInitialize, registerSegment, registerStop, registerPicture, registerStatus, registerDiagnostics, registerShutdown, ...experimentHandlers]) {
    register(context);
  }
  connection.listen();
}
