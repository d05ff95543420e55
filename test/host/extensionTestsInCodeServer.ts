import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepLocal, startBrowser } from './browser';
import { startCodeServer } from './codeServer';
import { workbenchUrl } from './workbenchSetup';

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
          `  The extension's tests did not end within ${limitMinutes} minutes. The host's log ends:\n${host.log().slice(-3000)}`,
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
