import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { quietSettings } from './workbenchSetup';

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
    console.log(
      `  VS Code's desktop program did not run the tests (${run.error?.message ?? `exit status ${run.status}`}): using code-server.`,
    );
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
