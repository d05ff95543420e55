import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { installDebianPackage } from './debianPackage';

/** Programs of browsers; first that without windows, which opens pages in half the time. */
const names = [
  'chromium-headless-shell',
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(variable =>
  ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map(program =>
    path.join(process.env[variable] ?? '', program),
  ),
);

/** The program of an installed browser. */
function installedBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const programs = names.flatMap(name => folders.map(folder => path.join(folder, name)));
  return [process.env.LABELLESS_TEST_BROWSER ?? '', ...programs, ...applications, ...windowsPrograms].find(
    file => file !== '' && existsSync(file),
  );
}

/** Playwright's own Chromium, which is downloaded where its server can be reached. */
function playwrightBrowser(): string | undefined {
  const file = chromium.executablePath();
  if (existsSync(file)) return file;
  console.log('  No browser is installed: trying Playwright’s download …');
  const download = spawnSync(
    process.execPath,
    [path.resolve('node_modules/playwright-core/cli.js'), 'install', 'chromium'],
    { stdio: 'ignore', timeout: 180_000, env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' } },
  );
  return download.status === 0 && existsSync(file) ? file : undefined;
}

/** The package of Debian and Ubuntu, which only root can install. */
function debianBrowser(): string | undefined {
  return installDebianPackage('chromium-headless-shell', 'chromium') ? installedBrowser() : undefined;
}

/**
 * The program of a browser, which is installed first if necessary.
 * @throws Error with instructions where no browser can be installed
 */
export function browserProgram(): string {
  const program = installedBrowser() ?? playwrightBrowser() ?? debianBrowser();
  if (program === undefined)
    throw new Error(
      'No browser for the tests: install Chrome, Chromium or Edge, or name one in LABELLESS_TEST_BROWSER.',
    );
  return program;
}

/**
 * Starts a headless Chromium with WebGL in software.
 * @throws as {@link browserProgram}
 */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserProgram(),
    headless: true,
    // The page is our own, on the loopback; containers often cannot give Chromium its sandbox and shared memory.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-gpu', // pages are put together by the processor, a third sooner than by a GPU in software
    ],
  });
}

/** Keeps the pages of a context on the address of the workbench. */
export async function keepLocal(context: BrowserContext, authority: string): Promise<void> {
  await context.route(
    url => url.host !== authority && /^(http|ws)/.test(url.protocol),
    route => route.abort(),
  );
}
