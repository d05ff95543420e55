import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Texts = Record<string, string>;

function read(...names: string[]): Texts {
  return JSON.parse(readFileSync(path.join(...names), 'utf8')) as Texts;
}

/**
 * What a text has filled in or acts on: `{0}`, links to commands, settings and values in code. Commands are named by
 * their translated titles.
 */
function fixed(text: string): string[] {
  return [...text.matchAll(/\{\d+\}|\]\(command:[^)]*\)|`(?!Labelless: )[^`]*`/g)].map(([found]) => found).sort();
}

/** Files of texts in English, and of one translation each: `bundle.l10n.json`, `bundle.l10n.de.json`. */
const sources: [folder: string, name: string][] = [
  ['.', 'package.nls'],
  ['l10n', 'bundle.l10n'],
];
const languages = readdirSync('l10n').flatMap(name => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? []);

suite('translations', () => {
  test('the texts of client, pages and server are collected: npm run l10n', function () {
    const { stdout, stderr } = spawnSync(process.execPath, ['scripts/l10n.mjs', '--print'], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), read('l10n', 'bundle.l10n.json'));
  });

  test('there are German and Japanese ones, and no half of one', () => {
    assert.deepEqual(languages.sort(), ['de', 'ja']);
    const manifests = readdirSync('.').flatMap(name => /^package\.nls\.(.+)\.json$/.exec(name)?.[1] ?? []);
    assert.deepEqual(manifests.sort(), languages);
  });

  for (const language of languages) {
    for (const [folder, name] of sources) {
      test(`${name}.${language} has every text, no other, and what is filled into each`, () => {
        const english = read(folder, `${name}.json`);
        const file = path.join(folder, `${name}.${language}.json`);
        assert.ok(existsSync(file));
        const translated = read(file);
        assert.deepEqual(
          Object.keys(translated).filter(key => !(key in english)),
          [],
          'texts that English does not have',
        );
        assert.deepEqual(
          Object.keys(english).filter(key => !translated[key]?.trim()),
          [],
          'texts that are missing',
        );
        for (const [key, text] of Object.entries(english))
          assert.deepEqual(fixed(translated[key] ?? ''), fixed(text), key);
      });
    }
  }
});
