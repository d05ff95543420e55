import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { quietSettings, workbenchUrl } from './workbenchSetup';
import { keepLocal, startBrowser } from './browser';
import { startCodeServer } from './codeServer';

const cache = path.resolve('.vscode-test');
const remembered = path.join(cache, 'download-unreachable');
const day = 24 * 3600 * 1000;

/**
 * Runs the integration suite in VS Code's desktop program, which it downloads. Returns the exit status, or undefined,
 * after printing the reason, where the program cannot be downloaded or started; the suite then runs in code-server.
 */
export async function runInDesktop(workspace: string): Promise<number | undefined> {
  const virtualDisplay = process.platform === 'linux' && process.env.DISPLAY === undefined;
  if (virtualDisplay && spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).error !== undefined) {
    console.log('  No display and no xvfb-run: using code-server.');
    return undefined;
  }
  if (!(await downloadReachable())) {
    console.log('  VS Code’s download cannot be reached: using code-server.');
    return undefined;
  }
  const program = await downloadAndUnzipVSCode({ version: 'stable', cachePath: cache });
  const profile = mkdtempSync(path.join(os.tmpdir(), 'labelless-desktop-'));
  try {
    mkdirSync(path.join(profile, 'User'), { recursive: true });
    writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify(quietSettings));
    const [command, ...before] = virtualDisplay ? (['xvfb-run', '-a', program] as const) : ([program] as const);
    const run = spawnSync(
      command,
      [
        ...before,
        workspace,
        '--no-sandbox',
        '--disable-gpu-sandbox',
        '--disable-updates',
        '--skip-welcome',
        '--skip-release-notes',
        '--disable-workspace-trust',
        `--user-data-dir=${profile}`,
        `--extensions-dir=${path.join(profile, 'extensions')}`,
        `--extensionDevelopmentPath=${process.cwd()}`,
        `--extensionTestsPath=${path.resolve('out/test/test/integration/index.js')}`,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'], timeout: 600_000 },
    );
    const results = process.env.LABELLESS_TEST_RESULTS;
    if (results === undefined || existsSync(results)) return run.status ?? 1;
    const reason = run.error?.message ?? `exit status ${run.status}`;
    console.log(`  VS Code's desktop program did not run the tests (${reason}): using code-server.`);
    return undefined;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Whether VS Code's download server can be reached. A negative answer is remembered for a day. */
async function downloadReachable(): Promise<boolean> {
  if (existsSync(remembered) && Date.now() - Number(readFileSync(remembered, 'utf8')) < day) return false;
  const reachable = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
    signal: AbortSignal.timeout(5000),
  }).then(
    answer => answer.ok,
    () => false,
  );
  if (!reachable) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(remembered, String(Date.now()));
  }
  return reachable;
}

const limitMinutes = 10;

/** Runs out/test/test/integration/index.js in code-server's extension host on a folder. Returns the exit status. */
export async function runInCodeServer(workspace: string): Promise<number> {
  const host = await startCodeServer({ runsExtensionTests: true });
  try {
    const browser = await startBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await keepLocal(context, host.authority);
      const page = await context.newPage();
      // The workbench calls these two functions of its page when it runs extension tests.
      // All of the workbench's own messages come this way too; those of our reporter are the indented ones.
      const messages: string[] = [];
      await page.exposeFunction('codeAutomationLog', (_: string, parts: unknown[]) => {
        const text = parts.map(String).join(' ');
        messages.push(text);
        if (text.startsWith('  ')) console.log(text);
      });
      let finish: (code: number) => void = () => undefined;
      const finished = new Promise<number>(resolve => {
        finish = resolve;
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        finish(code);
      });
      const remote = (file: string) => `vscode-remote://${host.authority}${path.resolve(file)}`;
      await page.goto(
        workbenchUrl(host.authority, workspace, {
          extensionDevelopmentPath: remote('.'),
          extensionTestsPath: remote('out/test/test/integration/index.js'),
          skipWelcome: 'true',
        }),
      );
      const limit = setTimeout(() => {
        console.log(
          `  The extension's tests did not end within ${limitMinutes} minutes. The host's log ends:`,
          `\n${host.log().slice(-3000)}`,
        );
        finish(1);
      }, limitMinutes * 60_000);
      const code = await finished;
      clearTimeout(limit);
      writeFileSync(path.resolve('out/results/integration.log'), messages.join('\n'));
      return code;
    } finally {
      await browser.close();
    }
  } finally {
    await host.stop();
  }
}
