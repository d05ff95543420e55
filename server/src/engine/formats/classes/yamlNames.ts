import { isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';

/** The deepest nesting that is parsed; the parser calls itself for each level. */
const deepest = 50;

/** What `data.yaml` says of its classes, with the places where that stands in the text. */
export interface YamlNames {
  readonly names: readonly string[];
  /** The value of `names`. */
  readonly node: ParsedNode;
  /** The place behind the last name. */
  readonly end: number;
  /** The number of classes, where the file has it too. */
  readonly count: Scalar.Parsed | undefined;
}

/**
 * Reads the names of classes from `data.yaml` as Ultralytics does by PyYAML (YAML 1.1): `names` is a list, or a map
 * from numbers, in any style.
 * @throws Error, a clause for people, when numbers or names are not certain
 */
export function readYamlNames(text: string): YamlNames {
  const lines = new LineCounter();
  const at = (offset: number) => `line ${lines.linePos(offset).line}`;
  const document = parse(text, lines, at);
  const node = only(document, 'names', at);
  if (!node) throw new Error('it lists no names of classes');
  const nodes = namesOf(node, at);
  const names = nodes.map((name, index) => nameOf(name, index, at));
  checkLineBreaks(text, nodes, at);
  const count = only(document, 'nc', at);
  if (count && !(isScalar(count) && String(count.value) === String(names.length)))
    throw new Error(`its nc in ${at(count.range[0])} is not the number of its names, ${names.length}`);
  const last = isSeq(node) ? node.items.at(-1) : isMap(node) ? node.items.at(-1)?.value : undefined;
  return { names, node, end: (last ?? node).range[1], count };
}

type Place = (offset: number) => string;

function parse(text: string, lines: LineCounter, at: Place): YAMLMap.Parsed {
  if (/\r(?!\n)/.test(text)) throw new Error('its lines end with carriage returns only; save it with other line ends');
  const odd = /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (odd) {
    const code = odd[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    const line = text.slice(0, odd.index).split('\n').length;
    throw new Error(`line ${line} has the character U+${code}, which not all readers of YAML take as it is`);
  }
  const half = /\\u[dD][89a-fA-F][\da-fA-F]{2}/.exec(text);
  if (half) throw new Error(`line ${text.slice(0, half.index).split('\n').length} has half a character, ${half[0]}`);
  if (isTooDeep(text)) throw new Error(`it is nested more than ${deepest} levels deep`);
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe', // which values are text is decided as PyYAML does
    uniqueKeys: false, // compares each key with each other
    prettyErrors: false,
    lineCounter: lines,
  });
  const [fault] = document.errors;
  if (fault) throw new Error(`it is no YAML: there is a fault in ${at(fault.pos[0])}`);
  if (!isMap(document.contents)) throw new Error('it has no names of values');
  return document.contents;
}

/** Whether a text may be nested too deeply, by its brackets, and by list marks and blanks at the start of lines. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > deepest) return true;
  }
  return new RegExp(`^(?:[-?:][ \\t]+|[ \\t]{2}){${2 * deepest}}`, 'm').test(text);
}

/** Returns the value of a key. @throws Error when the key is there twice: programs differ in which they take */
function only(map: YAMLMap.Parsed, key: string, at: Place): ParsedNode | undefined {
  const [first, second] = map.items.filter(pair => isScalar(pair.key) && pair.key.value === key);
  if (second) throw new Error(`it has ${key} twice, the second time in ${at(second.key.range[0])}`);
  return first?.value ?? undefined;
}

/** Lists the nodes of the names by class number. */
function namesOf(node: ParsedNode, at: Place): unknown[] {
  if (isEmptyNames(node)) return [];
  if (isSeq(node)) return node.items;
  if (!isMap(node)) throw new Error(`names in ${at(node.range[0])} is neither a list nor a map from numbers`);
  const nodes = new Map<number, unknown>();
  for (const { key, value } of node.items) {
    const number = isScalar(key) && /^(?:0|[1-9]\d{0,6})$/.test(String(key.value)) ? Number(key.value) : NaN;
    if (Number.isNaN(number)) throw new Error(`${at(key.range[0])} numbers no class`);
    if (nodes.has(number)) throw new Error(`class ${number} is there twice, the second time in ${at(key.range[0])}`);
    nodes.set(number, value);
  }
  return Array.from(nodes, (_, number) => {
    if (!nodes.has(number)) throw new Error(`of its ${nodes.size} classes it lists none with the number ${number}`);
    return nodes.get(number);
  });
}

/** Whether a value of `names` lists no class. */
export function isEmptyNames(node: ParsedNode): boolean {
  if (isScalar(node)) return isPlain(node) && /^(?:~|null|Null|NULL|)$/.test(String(node.value));
  return (isSeq(node) || isMap(node)) && node.items.length === 0;
}

function nameOf(node: unknown, index: number, at: Place): string {
  if (!isScalar<unknown>(node) || typeof node.value !== 'string' || !node.range)
    throw new Error(`the name of its class ${index} is no text`);
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str')
    throw new Error(`the name of class ${index} in ${at(node.range[0])} has a type of its own`);
  if (node.tag === undefined && isPlain(node) && isNoText(node.value))
    throw new Error(
      `the name of class ${index} in ${at(node.range[0])}, “${node.value}”, is no text in YAML; put it into quotes`,
    );
  return node.value;
}

const isPlain = (node: Scalar) => node.type === 'PLAIN';

/** What is a truth value, nothing, or another sign in YAML 1.1. */
const words = /^(?:yes|no|on|off|true|false|null)$/i;
/** What PyYAML takes for an integer or a decimal number, a time of day, or a date. */
const numbers = [
  /^[-+]?0b[01_]+$/,
  /^[-+]?0x[\da-fA-F_]+$/,
  /^[-+]?(?:0[0-7_]*|[1-9][\d_]*)$/,
  /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/,
  /^[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?$/,
  /^[-+]?\.(?:\d[\d_]*(?:[eE][-+]\d+)?|inf|Inf|INF|nan|NaN|NAN)$/,
  /^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/,
];

/**
 * Whether PyYAML takes plain text for something other than text, which Ultralytics then writes in its own way. A whole
 * number it writes as it was.
 */
function isNoText(text: string): boolean {
  if (/^(?:0|-?[1-9]\d*)$/.test(text)) return false;
  return /^(?:|~|=|<<)$/.test(text) || (words.test(text) && !isMixed(text)) || numbers.some(form => form.test(text));
}

/** Whether a word is written in a mixture of cases, such as `nO`, which YAML does not know. */
const isMixed = (word: string) => !/^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(word);

/**
 * Checks that two characters which end a line for PyYAML, but not for YAML 1.2, are inside quoted names, where both
 * keep them.
 */
function checkLineBreaks(text: string, nodes: readonly unknown[], at: Place): void {
  const quoted = nodes.flatMap(node =>
    isScalar(node) && node.type?.startsWith('QUOTE') && node.range ? [node.range] : [],
  );
  for (const { index } of text.matchAll(/[\u2028\u2029]/g)) {
    const isKept =
      /^[^\s\\][\u2028\u2029]\S$/.test(text.slice(index - 1, index + 2)) &&
      quoted.some(([start, end]) => start < index && index < end);
    if (!isKept) throw new Error(`${at(index)} has a character that ends a line for some programs only`);
  }
}
