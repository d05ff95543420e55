import { complete } from '../experiments/experimentLanguage';
import type { ServerContext } from './context';

/** `textDocument/completion`: keys, values and paths of experiment files. */
export function registerCompletion({ connection, experiments }: ServerContext): void {
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const document = experiments.document(uri);
    return document ? await complete(document, position) : null;
  });
}
