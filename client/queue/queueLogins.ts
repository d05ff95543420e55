import * as vscode from 'vscode';
import type { QueueAnswer, QueueNews } from '../../protocol/queueMessages';
import { windowSettingsSchema } from '../../protocol/settings';
import { askForText } from '../common/questions';

const memoryKey = 'labelless.queue';
const secretOf = (url: string) => `labelless.queue.password ${url}`;
const title = () => vscode.l10n.t('Watch Queue');

/** A Redis that has let the user in. */
export interface QueueLogin {
  readonly url: string;
  readonly password?: string;
}

/** Where queues are, and their passwords, which VS Code keeps among its secrets. */
export class QueueLogins {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
  ) {}

  /**
   * The address that the settings have, else the one that the user types; undefined where they type none.
   * @throws Error where the settings have one that cannot be used
   */
  async address(): Promise<string | undefined> {
    const setting = windowSettingsSchema
      .safeParse(vscode.workspace.getConfiguration('labelless'))
      .data?.queue.url.trim();
    if (setting) {
      const problem = problemOf(setting);
      if (problem !== undefined) throw new Error(`labelless.queue.url: ${problem}`);
      return setting;
    }
    const typed = await askForText({
      title: title(),
      prompt: vscode.l10n.t('Address of the Redis or Valkey of the queue'),
      value: this.memory.get(memoryKey, 'redis://127.0.0.1:6379'),
      validateInput: text => problemOf(text.trim()),
    });
    const url = typed?.trim();
    if (url !== undefined) await this.memory.update(memoryKey, url);
    return url;
  }

  /**
   * Asks a Redis something by the password that is kept, and asks the user for another one as long as Redis wants it.
   * Undefined where the user types none.
   */
  async ask<Answer>(
    url: string,
    send: (login: QueueLogin) => Thenable<QueueAnswer<Answer>>,
  ): Promise<{ login: QueueLogin; answer: QueueNews<Answer> } | undefined> {
    let password = await this.secrets.get(secretOf(url));
    for (let isNew = false; ; isNew = true) {
      const login = { url, ...(password !== undefined && { password }) };
      const answer = await send(login);
      if (answer.state !== 'login') {
        if (answer.state === 'open' && isNew && password !== undefined)
          await this.secrets.store(secretOf(url), password);
        return { login, answer };
      }
      const prompt =
        password === undefined
          ? vscode.l10n.t('Redis at {0} wants a password.', url)
          : vscode.l10n.t('Redis at {0} refuses this password. Type another one.', url);
      password = await askForText({ title: title(), prompt, password: true });
      if (password === undefined) return undefined;
    }
  }
}

/** What is wrong with an address, for the user; undefined where it can be used. */
function problemOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.password !== '')
    return vscode.l10n.t('The address must not have the password in it. You are asked for it later.');
  const isAddress =
    url && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '' && /^(\/\d{0,4})?$/.test(url.pathname);
  return isAddress && url.search === '' && url.hash === ''
    ? undefined
    : vscode.l10n.t('Type redis://HOST:PORT, or rediss://HOST:PORT for TLS, as redis://127.0.0.1:6379.');
}
