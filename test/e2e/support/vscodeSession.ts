import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import { keepLocal, startBrowser } from '../../host/browser';
import { startCodeServer, type Host, type HostOptions } from '../../host/codeServer';
import { workbenchUrl } from '../../host/workbenchSetup';
import { latestVsix } from '../../support/vsix';
import { makeWorkspace } from '../../support/workspace';

/** A VS Code server with the packaged extension, or another one, installed, and a browser to look at it. */
export interface Session {
  host: Host;
  browser: Browser;
  close(): Promise<void>;
}

export async function openSession(
  options: Pick<HostOptions, 'restricted' | 'language' | 'vsix'> = {},
): Promise<Session> {
  const host = await startCodeServer({ vsix: latestVsix(), ...options });
  try {
    const browser = await startBrowser();
    return {
      host,
      browser,
      close: async () => {
        await browser.close();
        await host.stop();
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** A window on a fresh workspace of pictures. `log` is what its page and the extensions in it wrote to the console. */
interface Window {
  page: Page;
  folder: string;
  log: string[];
  close(): Promise<void>;
}

interface WindowOptions {
  width?: number;
  height?: number;
  settings?: Record<string, unknown>;
  /** Adds further files to the workspace before the window opens it. */
  prepare?: (folder: string) => void | Promise<void>;
}

/** Opens a window and waits for its Explorer. */
export async function openWindow(
  session: Session,
  { width = 1280, height = 800, settings = {}, prepare }: WindowOptions = {},
): Promise<Window> {
  const folder = makeWorkspace();
  mkdirSync(path.join(folder, '.vscode'));
  writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  await prepare?.(folder);
  const context = await session.browser.newContext({ viewport: { width, height } });
  await keepLocal(context, session.host.authority);
  const page = await context.newPage();
  const log: string[] = [];
  page.on('console', message => log.push(`${message.type()}: ${message.text()}`));
  await page.goto(workbenchUrl(session.host.authority, folder));
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  return {
    page,
    folder,
    log,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Saves a screenshot of the window in out/screenshots for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.resolve('out', 'screenshots', `${name}.png`) });
}

/**
 * Runs a test in a window. If it fails, its error also says what the window asked and told then, and a screenshot and
 * the window's log are saved in out/screenshots.
 */
export async function inWindow(
  session: Session,
  options: WindowOptions,
  name: string,
  test: (window: Window) => Promise<void>,
): Promise<void> {
  const window = await openWindow(session, options);
  try {
    await test(window);
  } catch (error) {
    await screenshot(window.page, `failed-${name}`).catch(() => undefined); // the page may be what failed
    writeFileSync(path.resolve('out', 'screenshots', `failed-${name}.log`), window.log.join('\n'));
    if (error instanceof Error) error.stack = `${error.stack}\nThe window showed: ${await shownTexts(window.page)}`;
    throw error;
  } finally {
    await window.close();
  }
}

/** What a window asks and tells: its notifications, dialogues and questions, and editors that are open. */
async function shownTexts(page: Page): Promise<string> {
  const places = ['.notification-toast', '.monaco-dialog-box', '.quick-input-widget', '.monaco-menu', '.tab'];
  const shown = page.locator(places.map(place => `${place}:visible`).join(', '));
  const texts = await shown.allInnerTexts().catch(() => []);
  return JSON.stringify(texts);
}

/**
 * The process id of the language server below a VS Code server that started last, as those of windows before live on
 * for a while; undefined when none runs.
 */
export function findServer(host: number): number | undefined {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => {
      const [pid, parent, ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
    });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const below = (pid: number | undefined): boolean => pid !== undefined && (pid === host || below(parents.get(pid)));
  return processes.findLast(({ pid, command }) => /dist[\\/]server\.js/.test(command) && below(pid))?.pid;
}

/** Kills the language server below a VS Code server, as the system does when memory runs out. */
export function killServer(host: number): void {
  const server = findServer(host);
  if (server === undefined) throw new Error('The language server does not run.');
  process.kill(server, 'SIGKILL');
}

/**
 * The extension's backups of unsaved edits to which VS Code's own point, from which it restores editors after a reload.
 * It writes them a second or two after an edit, later on a busy machine.
 */
export function storedBackups({ host }: Session): string[] {
  const folder = path.join(host.data, 'User', 'Backups');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const [, backup] = /"backupId":"(file:[^"]+)"/.exec(readFileSync(path.join(parentPath, name), 'utf8')) ?? [];
    return backup !== undefined && existsSync(new URL(backup)) ? [readFileSync(new URL(backup), 'utf8')] : [];
  });
}
