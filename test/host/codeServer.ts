import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/freePort';
import { codeServer } from './codeServerInstall';
import { writeLanguagePack, type LanguagePack } from './languagePack';
import { quietSettings, restrictedSettings } from './workbenchSetup';

export interface Host {
  /** `HOST:PORT` of the workbench. */
  readonly authority: string;
  /** The process id of the server, which leads its process group. */
  readonly pid: number;
  /** The user's data folder (`logs`, `User`). */
  readonly data: string;
  log(): string;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** An extension to install, as a user does. */
  vsix?: string;
  settings?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** The display language; by default English. */
  language?: LanguagePack;
  /** Whether folders are opened in Restricted Mode, as those of unknown authors are. */
  restricted?: boolean;
  /**
   * Whether the server runs the tests that the page names. This hides most notifications, so tests of the user
   * interface leave it out.
   */
  runsExtensionTests?: boolean;
}

/**
 * Starts a VS Code server on a loopback port, with a home and data of its own. An extension is installed by the first
 * server of this process that wants it, and the others take it from there. The caller stops the server.
 */
export async function startCodeServer(options: HostOptions = {}): Promise<Host> {
  const installed = codeServer();
  const home = mkdtempSync(path.join(os.tmpdir(), 'labelless-host-'));
  const data = path.join(home, 'data');
  mkdirSync(path.join(data, 'User'), { recursive: true });
  writeFileSync(
    path.join(data, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...(options.restricted && restrictedSettings), ...options.settings }),
  );
  if (options.language) writeLanguagePack(options.language, data);
  writeFileSync(path.join(home, 'config.yaml'), 'auth: none\ncert: false\n');
  const common = [installed.entry, '--config', path.join(home, 'config.yaml'), '--user-data-dir', data];
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, ...options.environment };
  delete env.VSCODE_IPC_HOOK_CLI; // would hand the command to a VS Code that runs these tests in its terminal
  const extensions =
    options.vsix === undefined
      ? path.join(home, 'extensions')
      : extensionsWith(options.vsix, [installed.node, ...common], env);
  const authority = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    installed.node,
    [
      ...common,
      '--extensions-dir',
      extensions,
      '--auth',
      'none',
      '--bind-addr',
      authority,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--disable-proxy',
      ...(options.restricted ? [] : ['--disable-workspace-trust']),
      ...(options.language ? ['--locale', options.language.language] : []),
      ...(options.runsExtensionTests ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const stop = async () => {
    await endGroup(child);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(authority, child);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${log}`, { cause: error });
  }
  return { authority, pid: child.pid!, data, log: () => log, stop };
}

/**
 * Folders of extensions, by the one that is installed in each. They belong to the process, as the bundle of each test
 * file has a copy of this module.
 */
const installedFolders = ((process as { labellessExtensions?: Map<string, string> }).labellessExtensions ??= new Map());

/** The folder in which an extension is installed; it goes with this process. */
function extensionsWith(vsix: string, [program, ...args]: readonly string[], env: NodeJS.ProcessEnv): string {
  const known = installedFolders.get(vsix);
  if (known !== undefined) return known;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-extensions-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { status, stdout, stderr } = spawnSync(
    program,
    [...args, '--extensions-dir', folder, '--install-extension', vsix],
    { env, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`Installing ${vsix} failed:\n${stdout}${stderr}`);
  installedFolders.set(vsix, folder);
  return folder;
}

async function answering(authority: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('code-server ended while starting:');
    const answer = await fetch(`http://${authority}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(50);
  }
  throw new Error('code-server did not answer within a minute:');
}

/** Ends the process group that the child leads, and no other process. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid!, 'SIGTERM');
  const force = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 5000);
  await gone;
  clearTimeout(force);
}
