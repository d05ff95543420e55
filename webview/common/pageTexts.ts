import { config } from '@vscode/l10n';

/**
 * The texts that the host put into the page, English by translation; null where there are none or they are no texts.
 * Every script that has texts takes them from here, so this module is the first that a page imports.
 */
export function readTexts(json: string | null | undefined): Record<string, string> | null {
  try {
    const texts: unknown = JSON.parse(json ?? 'null');
    const sound =
      typeof texts === 'object' &&
      texts !== null &&
      !Array.isArray(texts) &&
      Object.values(texts).every(text => typeof text === 'string');
    return sound ? (texts as Record<string, string>) : null;
  } catch {
    return null;
  }
}

/** A language's tag as Intl takes it; English for what is none. */
export function readLanguage(tag: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const page = typeof document === 'undefined' ? null : document; // none in tests of models
const texts = readTexts(page?.getElementById('texts')?.textContent);
if (texts) config({ contents: texts });

/** The language of the page's texts and numbers. */
export const language = readLanguage(page?.documentElement.lang);
