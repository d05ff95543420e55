import { reportError } from './report';

type CommandHandler = (...args: unknown[]) => unknown;

/**
 * The handlers of the contributed commands. `extension.ts` registers all commands when the extension is activated; each
 * feature adds its handlers once it is loaded.
 */
export class CommandHandlers {
  private readonly handlers = new Map<string, CommandHandler>();

  /** Names of the commands that have a handler, without `labelless.`. */
  get names(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** Sets the handler of the command `labelless.NAME`. */
  add(name: string, handler: CommandHandler): void {
    this.handlers.set(name, handler);
  }

  /** Runs a command. An error is shown to the user, and the result is then undefined. */
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
