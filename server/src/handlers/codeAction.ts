import type { ServerContext } from './context';

/** `textDocument/codeAction`: quick fixes of what is wrong in experiment files. */
export function registerCodeAction({ connection, experiments }: ServerContext): void {
  connection.onCodeAction(({ textDocument: { uri }, range }) => experiments.actions(uri, range));
}
