import type { JSONPath } from 'jsonc-parser';

/** Something to say about a place in an experiment file. */
export interface Problem {
  /** Where, as keys and indices. What is not in the file is told at the nearest thing around it that is. */
  readonly path: JSONPath;
  /** Whether the key is at fault, or its value. */
  readonly on: 'key' | 'value';
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Another place that has to do with it, in the file or another file as a whole. */
  readonly related?:
    { readonly path: JSONPath; readonly message: string } | { readonly uri: string; readonly message: string };
}

/** A change that mends a problem. */
export type Fix = { readonly title: string } &
  /** Puts a value where none was, or another. */
  (
    | { readonly kind: 'set'; readonly path: JSONPath; readonly value: unknown }
    /** Puts a value behind the last of a list. */
    | { readonly kind: 'append'; readonly path: JSONPath; readonly value: unknown }
    | { readonly kind: 'remove'; readonly path: JSONPath }
    | { readonly kind: 'rename'; readonly path: JSONPath; readonly key: string }
  );

/** A path as messages name it: `classes[2].name`. */
export function dotted(path: JSONPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
