import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** The deepest nesting of arrays and objects that is read; what people and programs write has fewer than ten levels. */
export const deepestJson = 100;

/**
 * Decodes a text file, without its byte-order mark.
 * @throws Error, a clause for people, for text that is not UTF-8: it would be read with other characters than it has
 */
export function decodeText(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new Error('its text is UTF-16; save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('its text is not UTF-8; save it as UTF-8', { cause: error });
  }
}

/**
 * Parses JSON as people and other programs write it: a byte-order mark, comments and trailing commas are accepted, and
 * Python's `NaN` and `Infinity` are null. This is the reader of all JSON files that come from outside.
 * @param content a text, or the bytes of a file in UTF-8
 * @throws Error, a clause for people, that names the line of the first fault
 */
export function parseJson(content: string | Uint8Array): unknown {
  const text = typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decodeText(content);
  if (depthOf(text) > deepestJson) throw new Error(`it is nested more than ${deepestJson} levels deep`);
  try {
    return JSON.parse(text) as unknown; // some ten times as fast as the tolerant parser
  } catch {
    return parseTolerantly(text);
  }
}

function parseTolerantly(text: string): unknown {
  const plain = withoutNaN(text);
  try {
    return JSON.parse(plain) as unknown; // where there was nothing else, as in large files that Python wrote
  } catch {
    // comments or trailing commas, or no JSON at all
  }
  const errors: ParseError[] = [];
  const value = parse(plain, errors, { allowTrailingComma: true, allowEmptyContent: false }) as unknown;
  const [first] = errors;
  if (!first) return value;
  const line = text.slice(0, first.offset).split('\n').length;
  const conflict = conflictLine(text);
  if (conflict !== undefined) throw new Error(`it has the marks of a merge conflict in line ${conflict}; resolve it`);
  throw new Error(`it is no JSON: ${faultOf(first)} in line ${line}`);
}

/** The line at which the marks begin that Git leaves where two versions contradict each other. */
function conflictLine(text: string): number | undefined {
  const found = /^(?:<{7}|>{7})(?: |\r?$)/m.exec(text);
  return found ? text.slice(0, found.index).split('\n').length : undefined;
}

/** Replaces `NaN`, `Infinity` and `-Infinity` outside of strings and comments by null, at the same offsets. */
function withoutNaN(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|-?\b(?:NaN|Infinity)\b/g,
    part => (/^-?[NI]/.test(part) ? 'null'.padEnd(part.length) : part), //
  );
}

function faultOf({ error }: ParseError): string {
  const words = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.replace(/ expected$/, ' is missing').replace(/^end of file is missing$/, 'more follows its end');
}

/** The last place of a comment that begins at `at`; `at` itself where none does. */
function endOfComment(text: string, at: number): number {
  const [mark, length] = text[at + 1] === '/' ? ['\n', 1] : text[at + 1] === '*' ? ['*/', 2] : ['', 0];
  if (length === 0) return at;
  const end = text.indexOf(mark, at + 2);
  return end < 0 ? text.length : end + length - 1;
}

/** Counts how deep the brackets of a text are nested, those in its strings left out. It stops beyond what is read. */
export function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  let inString = false;
  for (let at = 0; at < text.length && deepest <= deepestJson; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22 || code === 0x0a) inString = false; // the tolerant parser ends a text with its line
    } else if (code === 0x2f) at = endOfComment(text, at);
    else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}
