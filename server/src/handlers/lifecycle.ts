import { readFileSync } from 'node:fs';
import path from 'node:path';
import { config } from '@vscode/l10n';
import {
  CodeActionKind,
  TextDocumentSyncKind,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import * as z from 'zod';
import { version } from '../../../package.json';
import { StatusRequest } from '../../../protocol/statusMessages';
import type { ServerContext } from './serverState';
import { handleRequest } from './requests';

const initializationOptions = z.looseObject({ settings: z.unknown() });

/** The capabilities for experiment files. What Labelless does with images needs no capability. */
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

/** Registers the messages about the server's start, end and status. */
export function registerLifecycle({ connection, settings, lenses, lanes, runs, status }: ServerContext): void {
  connection.onInitialize(({ capabilities, locale, initializationOptions: options }): InitializeResult => {
    useLanguage(locale);
    settings.clientAnswers = capabilities.workspace?.configuration ?? false;
    lenses.clientRefreshes = capabilities.workspace?.codeLens?.refreshSupport ?? false;
    settings.fallback = initializationOptions.safeParse(options).data?.settings;
    return { capabilities: serverCapabilities, serverInfo: { name: 'labelless', version } };
  });
  handleRequest(connection, StatusRequest, async (params, cancel) => {
    if (params?.probe)
      status.tried(await lanes.images.run({ kind: 'probe', settings: await settings.read() }, { cancel }));
    return status.status;
  });
  // Training runs go on: their processes outlive the server.
  connection.onShutdown(() => {
    for (const lane of Object.values<{ close(): void }>({ ...lanes })) lane.close();
    runs.retire();
  });
}

/**
 * Sets the language of buttons and progress to a client's, where there is a translation, else English. Errors and
 * reports about files are English, and so is the command line.
 * @param locale of the client, such as `de` or `pt-BR`: untrusted
 * @param folder the folder of the translations
 */
export function useLanguage(locale: string | undefined, folder = path.join(__dirname, '..', 'l10n')): void {
  const tag = locale?.toLowerCase() ?? '';
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(tag)) return;
  for (const name of [tag, tag.split('-')[0]]) {
    const contents = readTranslation(path.join(folder, `bundle.l10n.${name}.json`));
    if (contents === null) continue;
    config({ contents });
    return;
  }
}

function readTranslation(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
