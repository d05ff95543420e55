import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Stands for the `vscode` module in tests that run outside VS Code (see scripts/build.mjs): as much of it as the
 * documents and panels of the mask editor use. Settings have their defaults, and nothing is shown to a user.
 */

export interface Disposable {
  dispose(): void;
}

export class EventEmitter<T> {
  private listeners = new Set<(event: T) => unknown>();

  readonly event = (listener: (event: T) => unknown): Disposable => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false };

  cancel(): void {
    this.token.isCancellationRequested = true;
  }
}

/** The URI of a file on this machine. */
export class Uri {
  private constructor(readonly fsPath: string) {}

  readonly scheme = 'file';

  get path(): string {
    return this.fsPath;
  }

  static file(file: string): Uri {
    return new Uri(file);
  }

  static joinPath(base: Uri, ...segments: string[]): Uri {
    return new Uri(path.join(base.fsPath, ...segments));
  }

  toString(): string {
    return `file://${this.fsPath}`;
  }
}

const never = () => ({ dispose: () => undefined });

export const workspace = {
  isTrusted: true,
  getConfiguration: () => ({ get: <T>(_: string, byDefault: T) => byDefault }),
  onDidChangeConfiguration: never,
  onDidSaveTextDocument: never,
  getWorkspaceFolder: () => undefined,
  /** Its watchers never tell of a change, as those of some network drives do. */
  createFileSystemWatcher: () => ({ ...never(), onDidChange: never, onDidCreate: never, onDidDelete: never }),
  fs: {
    readFile: (file: Uri) => readFile(file.fsPath),
    stat: (file: Uri) => stat(file.fsPath),
  },
};

const shown = () => Promise.resolve(undefined);
const windowState = new EventEmitter<{ focused: boolean }>();

export const window = {
  showErrorMessage: shown,
  showInformationMessage: shown,
  showWarningMessage: shown,
  onDidChangeWindowState: windowState.event,
};

/** Gives the window the focus, as a user who comes back from another program does. */
export function focusWindow(): void {
  windowState.fire({ focused: true });
}

export class RelativePattern {
  constructor(
    readonly base: Uri,
    readonly pattern: string,
  ) {}
}

export const commands = { executeCommand: () => Promise.resolve(undefined) };

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export const env = { language: 'en' };

export const l10n = {
  bundle: undefined,
  t: (text: string, ...values: unknown[]) => text.replace(/\{(\d+)\}/g, (_, index: number) => String(values[index])),
};
