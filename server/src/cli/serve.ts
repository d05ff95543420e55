import path from 'node:path';
import { UsageError } from './usage';

/**
 * `labelless serve --stdio`: this process becomes the language server. It ends by the protocol's `exit`, or with its
 * input.
 */
export async function serveCommand(args: string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== '--stdio') throw new UsageError('serve wants --stdio, and nothing else');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own, which reads --stdio itself
  require(path.join(__dirname, 'server.js'));
  return new Promise(() => {
    /* the server ends the process */
  });
}
