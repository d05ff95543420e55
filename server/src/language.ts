import { readFileSync } from 'node:fs';
import path from 'node:path';
import { config } from '@vscode/l10n';

/**
 * Has the buttons and progress that the server shows be in a client's language from now on, where there is a
 * translation, else in English. What it says of files, and all on the command line, is English.
 * @param locale of the client, such as `de` or `pt-BR`: untrusted
 * @param folder of the translations
 */
export function speak(locale: string | undefined, folder = path.join(__dirname, '..', 'l10n')): void {
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
