import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of a request: it passes, perhaps after something else, its connection breaks off, or breaks off after
 * some bytes of the answer.
 */
export type Passage = 'pass' | 'drop' | { readonly before: () => Promise<void> } | { readonly answerBytes: number };

/** A connection to a server that a test can break. */
export class StoreProxy {
  private constructor(
    readonly endpoint: string,
    readonly stop: () => void,
  ) {}

  /** @param passage decides about each request */
  static async start(target: string, passage: (request: IncomingMessage) => Passage): Promise<StoreProxy> {
    const server = createServer((incoming, outgoing) => {
      const way = passage(incoming);
      if (way === 'drop') {
        incoming.socket.destroy();
        return;
      }
      const { method = 'GET', url = '/', headers } = incoming; // the signature holds for the host as it was asked for
      const forwarded = request(new URL(target), { method, path: url, headers }, answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        let left = typeof way === 'object' && 'answerBytes' in way ? way.answerBytes : Infinity;
        answer.on('data', (piece: Buffer) => {
          outgoing.write(piece.subarray(0, left));
          left -= piece.length;
          if (left < 0) setTimeout(() => incoming.socket.destroy(), 50);
        });
        answer.on('end', () => left >= 0 && outgoing.end());
      });
      forwarded.on('error', () => incoming.socket.destroy());
      const before = typeof way === 'object' && 'before' in way ? way.before() : Promise.resolve();
      void before.then(() => incoming.pipe(forwarded));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new StoreProxy(`http://127.0.0.1:${port}`, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
