/** The error of a task that has no result; its message names the file and the reason. */
export class JobError extends Error {
  /** @param setting the setting that lifts the limit, where a limit is the reason */
  constructor(
    message: string,
    readonly setting?: string,
  ) {
    super(message);
    this.name = 'JobError';
  }
}

/** The error of a task that was cancelled by its caller. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}
