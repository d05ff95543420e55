import { rmSync } from 'node:fs';
import { runInCodeServer, runInDesktop } from '../host/extensionTests';
import { makeWorkspace } from '../support/workspace';

/** Runs the integration suite in a real VS Code: the desktop program if available, else code-server in a browser. */
async function main(): Promise<void> {
  const workspace = makeWorkspace();
  try {
    process.exitCode = (await runInDesktop(workspace)) ?? (await runInCodeServer(workspace));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
