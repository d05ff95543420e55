import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseClassFile } from '../../../mask/files/classFile';
import { parseJsonText } from '../jsonFiles/jsonText';
import { checkClassFile } from './checkClassFile';
import { checkMissingClasses } from './missingClasses';
import { OpenClassFiles } from './openClassFiles';

const uri = 'file:///photos/labelless.classes.json';
const faulty = `{
  "classes": [
    { "id": 1, "name": "road", "colour": "#804080", "key": "r" },
    { "id": 1, "name": "car", "colour": "#00008e" },
    { "id": 4, "name": "road ", "colour": "#00008e", "key": "r" },
    { "id": 0, "name": "ground", "colour": "#000000", "background": true },
    { "id": 9, "name": "void", "colour": "#000000", "background": true }
  ]
}
`;

/** The file after the first quick fix of the first problem, again and again until there is none. */
function repaired(text: string): string {
  for (let round = 0; round < 10; round++) {
    const document = TextDocument.create(uri, 'json', 1, text);
    const files = new OpenClassFiles(
      () => undefined,
      () => Promise.resolve([]),
    );
    files.changed(document);
    const [first] = files.actions(uri, { start: { line: 0, character: 0 }, end: document.positionAt(text.length) });
    files.closed(document);
    if (!first) break;
    text = TextDocument.applyEdits(document, first.edit?.changes?.[uri] ?? []);
  }
  return text;
}

suite('Class files in an editor', () => {
  test('have findings for what two classes have in common, with quick fixes that repair all', () => {
    assert.deepEqual(
      checkClassFile(parseJsonText(faulty)).map(({ code, path, fixes }) => [code, path.join('.'), fixes?.[0]?.title]),
      [
        ['duplicate-id', 'classes.1.id', 'Use the next free id, 10'],
        ['duplicate-name', 'classes.2.name', 'Remove this class'],
        ['duplicate-key', 'classes.2.key', 'Remove the key'],
        ['second-background', 'classes.4.background', 'Remove "background"'],
      ],
    );
    const read = parseClassFile(repaired(faulty));
    assert.ok('list' in read);
    assert.deepEqual(
      read.list.classes.map(({ id, name }) => [id, name]),
      [
        [1, 'road'],
        [10, 'car'],
        [0, 'ground'],
        [9, 'void'],
      ],
    );
  });

  test('leave what the schema finds to it, and unfinished texts alone', () => {
    for (const text of ['', '[', '{ "classes": 3 }', '{ "classes": [{ "id": "1" }] }', '{ "classes": [] }'])
      assert.deepEqual(checkClassFile(parseJsonText(text)), [], text);
  });

  test('are checked after a pause, and the findings go when the file is closed', async () => {
    const published: Diagnostic[][] = [];
    const files = new OpenClassFiles(
      (_, diagnostics) => published.push(diagnostics),
      () => Promise.reject(new Error('the folder cannot be listed')),
    );
    const document = TextDocument.create(uri, 'json', 1, faulty);
    files.changed(TextDocument.create('file:///photos/other.json', 'json', 1, faulty));
    files.changed(document);
    while (published.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    assert.equal(published[0]?.length, 4);
    files.closed(document);
    assert.deepEqual(published[1], []);
    assert.deepEqual(files.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }), []);
  });

  test('warn of classes that masks have and the list lacks, each with a quick fix that adds it', async () => {
    const text = '{ "classes": [{ "id": 1, "name": "car", "colour": "#00008e" }] }';
    const inUse = [
      { id: 1, masks: 9, examples: ['a.mask.png'], name: 'auto' },
      { id: 7, masks: 5, examples: ['a.mask.png', 'b.mask.png'], name: 'car', colour: '#123456' },
      { id: 0, masks: 1, examples: ['c.mask.png'] },
    ];
    const published: Diagnostic[][] = [];
    const files = new OpenClassFiles(
      (_, diagnostics) => published.push(diagnostics),
      () => Promise.resolve(inUse),
    );
    let document = TextDocument.create(uri, 'json', 1, text);
    files.changed(document);
    while (published.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    assert.deepEqual(
      published[0]?.map(({ message }) => message),
      [
        'This list lacks class 7, ‘car’ at the last save, of which masks have labels: a.mask.png, b.mask.png and 3 more.',
        'This list lacks class 0 of which masks have labels: c.mask.png.',
      ],
    );
    for (let round = 0; round < 2; round++) {
      const [first] = files.actions(uri, { start: { line: 0, character: 0 }, end: document.positionAt(text.length) });
      const fixed = TextDocument.applyEdits(document, first?.edit?.changes?.[uri] ?? []);
      document = TextDocument.create(uri, 'json', round + 2, fixed);
      files.changed(document);
    }
    files.closed(document);
    const read = parseClassFile(document.getText());
    assert.ok('list' in read, document.getText());
    assert.deepEqual(read.list.classes.map(({ id, name, colour }) => [id, name, colour]).slice(0, 2), [
      [1, 'car', '#00008e'],
      [7, 'car 2', '#123456'],
    ]);
    assert.equal(read.list.byId(0)?.name, 'class 0');
    const empty = parseJsonText('{ "classes": [] }');
    assert.equal(checkMissingClasses(empty, inUse)[0]?.fixes?.[0]?.kind, 'set');
  });
});
