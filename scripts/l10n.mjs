// `npm run l10n`: collects the texts of client, pages and server in l10n/bundle.l10n.json, which VS Code's translations
// are made from. --print writes them to standard output instead.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import l10n from '@vscode/l10n-dev';

process.chdir(path.resolve(import.meta.dirname, '..'));
const files = ['client', 'webview', 'server/src']
  .flatMap(root => readdirSync(root, { recursive: true }).map(name => path.join(root, name)))
  .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const found = await l10n.getL10nJson(files.map(name => ({ extension: '.ts', contents: readFileSync(name, 'utf8') })));
const sorted = Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
const text = `${JSON.stringify(sorted, null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else {
  mkdirSync('l10n', { recursive: true });
  writeFileSync(path.join('l10n', 'bundle.l10n.json'), text);
}
