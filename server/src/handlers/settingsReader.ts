import type { Connection } from 'vscode-languageserver/node';
import { describeIssues } from '../../../mask/issueText';
import { settingsSchema, type Settings } from '../../../protocol/settings';

type Path = readonly PropertyKey[];

/** Copies a value without the value at `path`. A path into a list removes the complete list. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const inner = rest.length > 0 ? without((value as Record<PropertyKey, unknown>)[key], rest) : undefined;
  return { ...value, [key]: inner };
}

/**
 * Checks untrusted settings. A wrong value is replaced by its default.
 * @returns the settings, and one message for each wrong value, by its name
 */
export function checkSettings(raw: unknown): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  // Clients answer null for a section or a value that is not set.
  let rest: unknown = raw ?? {};
  for (;;) {
    const parsed = settingsSchema.safeParse(rest);
    if (parsed.success) return { settings: parsed.data, problems };
    const [first] = parsed.error.issues;
    problems.push(`labelless.${describeIssues([first!], rest)[0]}. The default is used.`);
    rest = without(rest, first!.path) ?? {};
  }
}

/** Reads the settings of a resource from the client, again at each request. Each problem with them is shown once. */
export class SettingsReader {
  /** Set by `initialize`: whether the client answers `workspace/configuration`. */
  clientAnswers = false;
  /** The settings of clients that do not answer: `initializationOptions.settings`. */
  fallback: unknown;
  private readonly shown = new Set<string>();

  constructor(private readonly connection: Connection) {}

  async read(scopeUri?: string): Promise<Settings> {
    const { settings, problems } = checkSettings(this.clientAnswers ? await this.ask(scopeUri) : this.fallback);
    for (const problem of problems.filter(text => !this.shown.has(text))) {
      this.shown.add(problem);
      this.connection.window.showWarningMessage(problem);
    }
    return settings;
  }

  private async ask(scopeUri?: string): Promise<unknown> {
    try {
      return await this.connection.workspace.getConfiguration(
        scopeUri === undefined ? { section: 'labelless' } : { scopeUri, section: 'labelless' },
      );
    } catch (error) {
      this.connection.console.warn(
        `The client did not answer for the settings, the defaults are used: ${String(error)}`,
      );
      return undefined;
    }
  }
}
