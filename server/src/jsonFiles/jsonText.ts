import { findNodeAtLocation, getNodeValue, parseTree, type JSONPath, type Node, type ParseError } from 'jsonc-parser';

/** The parsed text of a JSON file, which may be incomplete or wrong. */
export interface JsonText {
  readonly text: string;
  readonly root: Node | undefined;
  /** The value of the text, as far as it can be parsed. */
  readonly value: unknown;
  /** Whether the text is free of syntax errors. */
  readonly isValidJson: boolean;
}

export function parseJsonText(text: string): JsonText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return { text, root, value: root && (getNodeValue(root) as unknown), isValidJson: errors.length === 0 };
}

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The span of a path's key or value in the text. For a missing one it is the nearest thing around it. */
export function spanOf({ root }: JsonText, path: JSONPath, on: 'key' | 'value'): Span {
  if (!root) return { offset: 0, length: 0 };
  const node = findNodeAtLocation(root, path);
  if (!node) return spanOf({ root } as JsonText, path.slice(0, -1), 'key');
  if (on === 'value') return spanOfValue(node, path);
  return node.parent?.type === 'property' ? node.parent.children![0]! : spanOfValue(node, path);
}

/** The span of a value. For the root it is the opening brace, since problems cannot be shown at the complete file. */
function spanOfValue(node: Node, path: JSONPath): Span {
  return path.length === 0 ? { offset: node.offset, length: 1 } : node;
}

/** Formats a value in one line, with spaces inside brackets of objects. */
export function formatInLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatInLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${formatInLine(inner)}`)
    .join(', ')} }`;
}
