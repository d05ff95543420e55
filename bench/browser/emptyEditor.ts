import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { engines } from '../../package.json';

const viewType = 'empty.editor';
/** The key that closes the image in sight and opens the next. */
export const nextKey = 'Shift+Alt+N';
/** The mark that its page sets once its text has been drawn. */
export const drawnMark = 'empty.drawn';

const manifest = {
  name: 'empty-editor',
  publisher: 'labelless-bench',
  version: '0.0.1',
  engines: { vscode: engines.vscode },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    customEditors: [{ viewType, displayName: 'Empty', selector: [{ filenamePattern: '*.jpg' }], priority: 'default' }],
    commands: [{ command: 'empty.next', title: 'Empty: Next' }],
    keybindings: [{ command: 'empty.next', key: nextKey.toLowerCase() }],
  },
};

const page = `<p>An image</p><script>
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('${drawnMark}')));
</script>`;

const program = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  let names = [];
  let at = 0;
  subscriptions.push(
    vscode.window.registerCustomEditorProvider('${viewType}', {
      openCustomDocument: uri => ({ uri, dispose() {} }),
      resolveCustomEditor(document, { webview }) {
        webview.options = { enableScripts: true };
        webview.html = ${JSON.stringify(page)};
      },
    }),
    vscode.commands.registerCommand('empty.next', async () => {
      const byPath = (a, b) => (a.path < b.path ? -1 : 1);
      if (names.length === 0) names = (await vscode.workspace.findFiles('photos/*.jpg')).sort(byPath);
      const before = vscode.window.tabGroups.activeTabGroup.activeTab;
      const next = names[at++ % names.length];
      await vscode.commands.executeCommand('vscode.openWith', next, '${viewType}', { preview: false });
      if (before) await vscode.window.tabGroups.close(before, true);
    }),
  );
};
`;

/**
 * Packs an extension whose custom editor shows a line of text and does nothing else, in a folder: what VS Code itself
 * needs to show the editor of another image.
 * @returns the .vsix
 */
export function packEmptyEditor(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'extension.js'), program);
  const vsce = path.resolve('node_modules', '@vscode', 'vsce', 'vsce');
  const file = path.join(folder, 'empty.vsix');
  const options = ['--allow-missing-repository', '--skip-license', '--out', file];
  const { status, stderr } = spawnSync(process.execPath, [vsce, 'package', ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The empty editor could not be packed: ${stderr}`);
  return file;
}
