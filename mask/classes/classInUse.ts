/** A class that labels of a folder's masks have, whether the class list has it or not. */
export interface ClassInUse {
  readonly id: number;
  /** How many masks have labels of it, and the first few of them, by their paths from the folder. */
  readonly masks: number;
  readonly examples: readonly string[];
  /** Its name and colour at the last save of one of them. */
  readonly name?: string | undefined;
  readonly colour?: string | undefined;
}
