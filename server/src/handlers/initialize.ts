import { TextDocumentSyncKind, type InitializeResult } from 'vscode-languageserver/node';
import { z } from 'zod';
import { version } from '../../../package.json';
import type { ServerContext } from './context';

const initializationOptions = z.looseObject({ settings: z.unknown() });

/** `initialize`: what the server can do, and whether the client answers questions for settings. */
export function registerInitialize({ connection, settings }: ServerContext): void {
  connection.onInitialize(({ capabilities, initializationOptions: options }): InitializeResult => {
    settings.clientAnswers = capabilities.workspace?.configuration ?? false;
    settings.fallback = initializationOptions.safeParse(options).data?.settings;
    return { capabilities: { textDocumentSync: TextDocumentSyncKind.None }, serverInfo: { name: 'labelless', version } };
  });
}
