import { reportError } from './report';

type CommandHandler = (...args: unknown[]) => unknown;

/**
 * What the contributed commands do. `extension.ts` registers all of them when the extension is activated; each feature
 * adds the handlers of its own once it is loaded.
 */
export class CommandHandlers {
  private readonly handlers = new Map<string, CommandHandler>();

  /** Names of the commands that have a handler, without `labelless.`. */
  get names(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** Has `handler` do what the command `labelless.NAME` is for. */
  add(name: string, handler: CommandHandler): void {
    this.handlers.set(name, handler);
  }

  /** Runs a command; an error is shown to the user, and the result is undefined then. */
  async run(name: string, args: readonly unknown[]): Promise<unknown> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`No feature handles the command labelless.${name}.`);
    try {
      return await handler(...args);
    } catch (error) {
      reportError(error);
      return undefined;
    }
  }
}
