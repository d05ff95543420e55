/** Why a task has no result. The message names the file and the reason. */
export class JobError extends Error {
  /** @param setting the setting that lifts the limit, where it is a limit */
  constructor(
    message: string,
    readonly setting?: string,
  ) {
    super(message);
    this.name = 'JobError';
  }
}

/** The task was cancelled by whoever asked for it. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}
