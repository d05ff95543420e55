import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import { experimentSchema } from '../engine/experiment/experimentSchema';
import { choiceDocs, settingDocs } from './settingDocs';
import { colours, complete, format, hover, symbols, syntaxProblems } from './experimentLanguage';

const folder = mkdtempSync(path.join(tmpdir(), 'labelless-language-'));
const uri = URI.file(path.join(folder, 'test.adapt.json')).toString();
suiteTeardown(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A document, and the place of `|` in it. */
function at(text: string) {
  const offset = text.indexOf('|');
  const document = TextDocument.create(uri, 'labelless-adapt', 1, text.replace('|', ''));
  return { document, position: document.positionAt(Math.max(offset, 0)) };
}

async function completions(text: string) {
  const { document, position } = at(text);
  const items = (await complete(document, position))!.items;
  return {
    labels: items.map(({ label }) => label),
    items,
    after: (label: string) =>
      TextDocument.applyEdits(document, [items.find(item => item.label === label)!.textEdit as TextEdit]),
  };
}

async function hoverText(text: string): Promise<string> {
  const { document, position } = at(text);
  return JSON.stringify((await hover(document, position))?.contents);
}

suite('Completion in experiment files', () => {
  test('offers the sections that are not there yet', async () => {
    const { labels } = await completions('{ "source": {}, | }');
    assert.deepEqual(labels.sort(), [
      '$schema',
      'adaptation',
      'classes',
      'evaluation',
      'network',
      'output',
      'prediction',
      'target',
      'training',
    ]);
  });

  test('offers values with what they mean, and defaults', async () => {
    const { items } = await completions('{ "adaptation": { "strategy": | } }');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['"none"', '"adversarial"', '"entropy"', '"self-training"'],
    );
    assert.match(JSON.stringify(items[3].documentation), /Tranheden et al\., DACS, WACV 2021\]\(https:\/\/arxiv\.org/);
    const { labels } = await completions('{ "training": { "steps": | } }');
    assert.ok(labels.includes('3000'));
  });

  test('offers a whole experiment in an empty file', async () => {
    const { labels } = await completions('|');
    assert.ok(labels.includes('experiment'), labels.join());
  });

  test('knows one schema, whatever the file names', async () => {
    const { labels } = await completions('{ "$schema": "http://localhost:1/other.json", "source": { | } }');
    assert.ok(labels.includes('layout'), labels.join());
  });
});

suite('Paths in experiment files', () => {
  suiteSetup(() => {
    for (const name of ['day/images', 'day/labels/town "x"', 'dusk', '.hidden'])
      mkdirSync(path.join(folder, name), { recursive: true });
    for (const name of ['day/labels/all.json', 'day/labels/0.png', 'encoder.safetensors', 'notes.txt'])
      writeFileSync(path.join(folder, name), '');
  });

  test('are completed with the folders beside the file', async () => {
    const { labels, after } = await completions('{ "target": { "images": "du|nes" } }');
    assert.deepEqual(labels, ['..', 'day', 'dusk']);
    assert.equal(after('dusk'), '{ "target": { "images": "dusk" } }');
  });

  test("part by part, below the section's root, quotes escaped", async () => {
    const { labels, after } = await completions('{ "source": { "root": "day", "labels": "labels/|" } }');
    assert.deepEqual(labels, ['..', 'all.json', 'town "x"']);
    assert.equal(after('town "x"'), '{ "source": { "root": "day", "labels": "labels/town \\"x\\"" } }');
    const middle = await completions('{ "target": { "images": "d|/images" } }');
    assert.equal(middle.after('day'), '{ "target": { "images": "day/images" } }');
  });

  test('of weights name files of weights', async () => {
    const { labels } = await completions('{ "network": { "pretrained": "|" } }');
    assert.deepEqual(labels, ['..', 'day', 'dusk', 'encoder.safetensors']);
  });

  test('are completed while the quote is still open, and where nothing is', async () => {
    assert.deepEqual((await completions('{ "output": { "folder": "d|')).labels, ['..', 'day', 'dusk']);
    assert.deepEqual((await completions('{ "target": { "images": "nowhere/|" } }')).labels, ['..']);
  });

  test('leave other strings alone', async () => {
    assert.ok((await completions('{ "source": { "layout": "|" } }')).labels.includes('"gta5"'));
  });
});

suite('Hovers in experiment files', () => {
  test('tell default, range, unit and paper of a setting', async () => {
    const text = await hoverText('{ "adaptation": { "pseudoLabel|Threshold": 0.9 } }');
    for (const part of ['Default: `0.968`', 'Range: 0 … 1', 'Unit: probability', 'https://arxiv.org/abs/2007.08702'])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(await hoverText('{ "training": { "learning|Rate": 0.9 } }'), /Range: above 0 … 1/);
    assert.match(await hoverText('{ "training": { "st|eps": 9 } }'), /Range: from 1 · Unit: steps/);
    assert.match(await hoverText('{ "source": { "hold|Out": 0.2 } }'), /Default: 0\.1 .* 0 … 0\.5 · Unit: share of/);
  });

  test('tell what a choice means', async () => {
    assert.match(await hoverText('{ "source": { "layout": "syn|thia" } }'), /SYNTHIA-RAND-CITYSCAPES/);
    assert.match(await hoverText('{ "classes": "city|scapes19" }'), /19 training classes/);
  });
});

suite('What is known of settings', () => {
  interface Json {
    properties?: Record<string, Json>;
    enum?: string[];
    anyOf?: Json[];
    description?: string;
  }
  const schema = z.toJSONSchema(experimentSchema, { io: 'input' }) as Json;
  const find = (dotted: string) =>
    dotted.split('.').reduce<Json | undefined>((inner, key) => inner?.properties?.[key], schema);

  test('is told of settings that exist', () => {
    for (const key of Object.keys(settingDocs)) assert.ok(find(key), key);
  });

  test('covers every choice of those it tells of', () => {
    for (const [key, docs] of Object.entries(choiceDocs)) {
      const { enum: names, anyOf } = find(['layout', 'masks'].includes(key) ? `source.${key}` : key)!;
      assert.deepEqual(Object.keys(docs).sort(), [...(names ?? anyOf![0].enum!)].sort(), key);
    }
  });
});

suite('JSON of experiment files', () => {
  test('that is broken is told where it breaks; comments and trailing commas are warned of', async () => {
    const found = async (text: string) =>
      (await syntaxProblems(at(text).document))
        .map(({ range, severity }) => [range.start.character, severity])
        .sort(([a], [b]) => a! - b!);
    assert.deepEqual(await found('{ "a": 1 "b": 2 }'), [[9, 1]]);
    assert.deepEqual(await found('{ "a": 1, /* why */ "b": 2, }'), [
      [10, 2],
      [26, 2],
    ]);
    assert.deepEqual(await found('{ "a": 1, "a": 2 }'), [
      [2, 2],
      [10, 2],
    ]);
    assert.deepEqual(await found(' '), []);
  });

  test('has an outline, a format and colours', async () => {
    const { document } = at('{"source":{"root":"x"},"classes":[{"name":"a","values":[1],"colour":"#ff0000"}]}');
    assert.deepEqual(
      symbols(document).map(({ name }) => name),
      ['source', 'classes'],
    );
    assert.equal(
      JSON.parse(TextDocument.applyEdits(document, format(document, { tabSize: 2, insertSpaces: true }))) instanceof
        Object,
      true,
    );
    assert.match(
      TextDocument.applyEdits(document, format(document, { tabSize: 2, insertSpaces: true })),
      /^\{\n {2}"source": \{\n {4}"root": "x"/,
    );
    const [{ color, range }] = await colours(document);
    assert.deepEqual([color.red, color.green, document.getText(range)], [1, 0, '"#ff0000"']);
  });
});
