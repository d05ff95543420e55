/** A fault in an experiment's data, or a remark on it, with the key that it concerns. */
export interface DataFinding {
  /**
   * The key at fault in the experiment file, such as `['source', 'labels']`. A key with a default need not be written
   * there.
   */
  readonly path: (string | number)[];
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  /** The file with the fault. */
  readonly file?: string;
  /** The label with the fault, by its value, colour or name. */
  readonly label?: string;
  /** Whether the label is a name even where it is written in digits. */
  readonly isName?: boolean;
}

/** Joins the first three names, and adds how many more there are. */
export function listNames(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
