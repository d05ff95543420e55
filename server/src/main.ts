import { rmSync } from 'node:fs';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { deleteOldResults, largeResultsFolder } from './jobs/largeResults';
import { serve } from './languageServer';
import { LifecycleGate } from './lifecycleGate';

/**
 * The language server's process: over `--stdio`, `--node-ipc`, `--pipe` or `--socket`, as its client chooses.
 */

const gate = new LifecycleGate();
const connection = createConnection(ProposedFeatures.all, { messageStrategy: gate });
gate.register(connection);
const folder = largeResultsFolder();
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
// Once: a second signal ends a process by itself whose threads are held up in the file system.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    process.exit(0);
  });
// The connection ends by itself with a stream, but not with Node's own channel.
process.on('disconnect', () => {
  process.exit(1);
});
// A mistake in one request must not end all the others.
process.on('unhandledRejection', reason => {
  connection.console.error(`Unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`);
});
process.on('uncaughtException', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(1); // the client is gone
  connection.console.error(`Uncaught exception: ${error.stack}`);
});
serve(connection, folder);
void deleteOldResults();
