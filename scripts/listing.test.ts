import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import manifest from '../package.json';

const read = (name: string) => readFileSync(name, 'utf8');

suite('what the listing says', () => {
  test('of the repository is one address', () => {
    const address = manifest.repository.url.replace(/^git\+|\.git$/g, '');
    assert.match(address, /^https:\/\/github\.com\/[^/]+\/[^/]+$/);
    for (const other of [manifest.homepage, manifest.bugs.url, manifest.qna])
      assert.ok(other.startsWith(`${address}/`) || other.startsWith(`${address}#`), other);
  });

  test('of Node and VS Code is what the manifest asks for, and what bundles and types are made for', () => {
    const [, node, major] = /^>=((\d+)\.\d+)\.0$/.exec(manifest.engines.node) ?? [];
    const [, vscode] = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    for (const name of ['README.md', 'docs/npm.md', 'SUPPORT.md'])
      assert.deepEqual(new Set(read(name).match(/(?<=Node )\d+\.\d+/g)), new Set([node]), name);
    for (const name of ['README.md', 'SUPPORT.md'])
      assert.deepEqual(new Set(read(name).match(/(?<=VS Code )\d+\.\d+/g)), new Set([vscode]), name);
    for (const name of [
      'scripts/build.mjs',
      'scripts/weights.mjs',
      'bench/bundle.mjs',
      'files/testing/childProgram.ts',
    ])
      assert.match(read(name), new RegExp(`target: 'node${major}'`), name);
    assert.match(manifest.devDependencies['@types/node'], new RegExp(`^\\^${major}\\.`));
    assert.equal(manifest.devDependencies['@types/vscode'], `~${vscode}.0`);
  });

  test('of this version stands in the changelog', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}( |$)`, 'm'));
  });
});
