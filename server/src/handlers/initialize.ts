import {
  CodeActionKind,
  TextDocumentSyncKind,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import * as z from 'zod';
import { version } from '../../../package.json';
import { speak } from '../language';
import type { ServerContext } from './context';

const initializationOptions = z.looseObject({ settings: z.unknown() });

/** Of experiment files; what Labelless does with images needs no capability. */
const serverCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: ['"', ':', '/'] },
  hoverProvider: true,
  documentSymbolProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  colorProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  codeLensProvider: {},
};

/**
 * `initialize`: what the server can do, the language that it speaks, and whether the client answers questions for
 * settings.
 */
export function registerInitialize({ connection, settings, lenses }: ServerContext): void {
  connection.onInitialize(({ capabilities, locale, initializationOptions: options }): InitializeResult => {
    speak(locale);
    settings.clientAnswers = capabilities.workspace?.configuration ?? false;
    lenses.clientRefreshes = capabilities.workspace?.codeLens?.refreshSupport ?? false;
    settings.fallback = initializationOptions.safeParse(options).data?.settings;
    return { capabilities: serverCapabilities, serverInfo: { name: 'labelless', version } };
  });
}
