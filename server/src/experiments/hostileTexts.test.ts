import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { complete, format, hover, symbols } from './experimentLanguage';
import { OpenExperiments } from './openExperiments';

/** Opens a text as an experiment. @returns its diagnostics, and what the other requests about it give */
async function opened(text: string, uri = 'file:///tmp/hostile.adapt.json') {
  const published: Diagnostic[][] = [];
  const experiments = new OpenExperiments({
    publish: (_, diagnostics) => published.push(diagnostics),
    inspect: () => new Promise(() => undefined),
    lensesChanged: () => undefined,
  });
  const document = TextDocument.create(uri, 'labelless-adapt', 1, text);
  experiments.changed(document);
  while (published.length === 0) await new Promise(setImmediate);
  const about = experiments.document(uri);
  const end = document.positionAt(text.length);
  if (about) {
    const places = [0, 0.3, 0.9].map(share => document.positionAt(Math.floor(share * text.length)));
    for (const place of places) {
      await complete(about, place);
      await hover(about, place);
    }
    symbols(about);
    format(about, { tabSize: 2, insertSpaces: true });
  }
  const actions = experiments.actions(uri, { start: { line: 0, character: 0 }, end });
  const lenses = await experiments.lenses(uri);
  experiments.closed(document);
  return {
    diagnostics: published[0].map(({ code, message }) => ({ code, message: message as string })),
    about,
    actions,
    lenses,
  };
}

const sound = '"source": {}, "target": { "images": "p" }, "classes": "camvid11"';
const keys = (count: number, key: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(key(index))}: ${index}`).join(', ');

suite('Texts that no experiment has', () => {
  test('too deep and too long ones are not parsed, and say so in one diagnostic', async () => {
    const deep = '['.repeat(19_000);
    for (const [text, why] of [
      [deep, /nested more than 100 levels deep/],
      [`{ "classes": ${deep}`, /nested more than 100 levels/],
      [`// "\n${deep}`, /nested more than 100 levels/],
      [`/* " */${'{"a":'.repeat(101)}`, /nested more than 100 levels/],
      [`"open\n${deep}`, /nested more than 100 levels/],
      [`{ ${sound}, "${'k'.repeat(1e6)}": 1 }`, /its 1000\d+ characters are more than 200000/],
    ] as const) {
      const { diagnostics, about, actions } = await opened(text);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['too-large'],
      );
      assert.match(diagnostics[0].message, why);
      assert.deepEqual([about, actions], [undefined, []]);
    }
  });

  test('brackets in comments and texts count for nothing', async () => {
    const { diagnostics } = await opened(`{ // ${'['.repeat(200)}\n ${sound}, "$schema": "${'['.repeat(200)}" }`);
    assert.deepEqual(
      diagnostics.map(({ code }) => code).filter(code => code === 'too-large'),
      [],
    );
  });

  test('thousands of unknown keys: the first hundred are named, the others counted', async function () {
    this.timeout(30_000);
    const { diagnostics, actions, lenses } = await opened(`{ ${sound}, ${keys(8000, index => `key ${index}`)} }`);
    assert.equal(diagnostics.length, 101);
    assert.match(diagnostics[0].message, /Unknown key "key 0"/);
    assert.equal(diagnostics[100].message, '7900 more findings are not shown.');
    assert.ok(actions.length > 0 && lenses.length > 0, 'what is valid still counts');
  });

  test('thousands of classes, and the same key or mistake over and over', async function () {
    this.timeout(60_000);
    const classes = Array.from({ length: 4000 }, () => '{"name":"a","values":[1],"colour":"#000000"}').join();
    const mistakes = Array.from({ length: 15_000 }, () => '{"name":1}').join();
    for (const text of [
      `{ "source": {}, "classes": [${classes}] }`,
      `{ "source": {}, "classes": [${mistakes}] }`,
      `{ ${sound}, ${keys(10_000, () => 'seed')} }`,
      `{ ${sound}, ${'"training": { "seed": 1 }, '.repeat(10_000)} }`,
      `{ ${sound} ${', : }'.repeat(30_000)}`,
      `{ "source": {}, "classes": [ { "name": "a", "values": [${'0,'.repeat(90_000)}0], "colour": "#000000" } ] }`,
      `{ ${sound}, "training": { "steps": ${'9'.repeat(190_000)} } }`,
    ]) {
      const { diagnostics } = await opened(text);
      assert.ok(diagnostics.length > 0 && diagnostics.length <= 101, `${diagnostics.length}: ${text.slice(0, 60)}`);
    }
  });

  test('a long key or value is cut in what is said of it', async () => {
    const long = 'k'.repeat(90_000);
    const { diagnostics } = await opened(
      `{ "source": { "layout": "${long}" }, "target": { "images": "p", "${long}": 1 }, "classes": "camvid11" }`,
    );
    assert.equal(diagnostics.length, 2);
    for (const { message } of diagnostics) assert.ok(message.length <= 1001, message.slice(0, 1000));
  });

  test('is under a URI that cannot be parsed, and has its diagnostics', async () => {
    for (const uri of ['file:////server/share/x.adapt.json', 'no scheme!:x.adapt.json', 'untitled:x.adapt.json', '%%%'])
      assert.match((await opened('{}', uri)).diagnostics[0].message, /source is missing/, uri);
  });
});
