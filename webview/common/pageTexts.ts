import { config } from '@vscode/l10n';

/**
 * Reads the translations that the host put into the page, by English text; null where there are none or they are not
 * valid. Scripts translate their texts while they load, so each page imports this module first.
 */
export function readTexts(json: string | null | undefined): Record<string, string> | null {
  try {
    const texts: unknown = JSON.parse(json ?? 'null');
    const isValid =
      typeof texts === 'object' &&
      texts !== null &&
      !Array.isArray(texts) &&
      Object.values(texts).every(text => typeof text === 'string');
    return isValid ? (texts as Record<string, string>) : null;
  } catch {
    return null;
  }
}

/** A language tag in the form that Intl takes; English for tags that are not valid. */
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
