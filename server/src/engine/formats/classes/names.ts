/** The error of a name that a format cannot hold; `message` is a sentence for people. */
export class NameError extends Error {
  constructor(format: string, name: string, reason: string) {
    super(`${format} cannot hold the name ${quoted(name)}: ${reason}; rename the label`);
  }
}

/** Checks that a name consists of whole characters, so that UTF-8 can hold it. @throws NameError */
export function checkWellFormed(name: string, format: string): void {
  if (/\p{Surrogate}/u.test(name)) throw new NameError(format, name, 'it has half a character');
}

/** Writes a name with quotes, as YAML, JSON and people read it: what cannot be seen, or may end a line, is escaped. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
