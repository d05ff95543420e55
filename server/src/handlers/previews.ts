import type { Connection, ProgressToken } from 'vscode-languageserver/node';
import { PreviewNotification, type PreviewParams } from '../../../protocol/segmentMessages';

/** Passes on the previews of one image, in order. */
export class PreviewSender {
  private sequence = 0;

  constructor(
    private readonly connection: Connection,
    private readonly token: ProgressToken,
    private readonly uri: string,
  ) {}

  send(preview: Omit<PreviewParams, 'token' | 'uri' | 'sequence'>): void {
    const params: PreviewParams = { token: this.token, uri: this.uri, sequence: this.sequence++, ...preview };
    void this.connection.sendNotification(PreviewNotification.method, params);
  }
}
