/** Something that an experiment's folders have to say about it. */
export interface DataFinding {
  /**
   * The key at fault in the experiment file: `['source', 'labels']`. It need not be written there, where it has a
   * default.
   */
  readonly path: (string | number)[];
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  /** The file that it is about. */
  readonly file?: string;
  /** The label that it is about, by its value, colour or name. */
  readonly label?: string;
}

/** The first three names, and how many more there are. */
export function named(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
