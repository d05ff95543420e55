import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** A language, with a few of VS Code's own texts in it, enough to see that VS Code uses it. */
export interface LanguagePack {
  readonly language: string;
  readonly module: string;
  readonly texts: Readonly<Record<string, string>>;
}

export const german: LanguagePack = {
  language: 'de',
  module: 'vs/workbench/contrib/files/browser/fileActions.contribution',
  texts: { copyPath: 'Pfad kopieren', cut: 'Ausschneiden' },
};

/**
 * Writes into a data folder what VS Code saves there about an installed language pack: the location of its texts.
 * Without it, the language is not used as the display language. The command line installs such an extension, but only a
 * window records its texts.
 */
export function writeLanguagePack({ language, module, texts }: LanguagePack, data: string): void {
  const file = path.join(data, `${language}.i18n.json`);
  const contents = JSON.stringify({ version: '1.0.0', contents: { [module]: texts } });
  writeFileSync(file, contents);
  const hash = createHash('md5').update(contents).digest('hex');
  writeFileSync(
    path.join(data, 'languagepacks.json'),
    JSON.stringify({
      [language]: {
        hash,
        label: language,
        extensions: [{ extensionIdentifier: { id: `labelless.language-pack-${language}` }, version: '1.0.0' }],
        translations: { vscode: file },
      },
    }),
  );
}
