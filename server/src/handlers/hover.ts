import { hover } from '../experiments/experimentLanguage';
import type { ServerContext } from './context';

/** `textDocument/hover`: what a setting of an experiment file does, its default, unit and papers. */
export function registerHover({ connection, experiments }: ServerContext): void {
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const document = experiments.document(uri);
    return document ? await hover(document, position) : null;
  });
}
