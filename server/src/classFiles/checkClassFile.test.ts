import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseClassFile } from '../../../mask/files/classFile';
import { parseJsonText } from '../jsonFiles/jsonText';
import { checkClassFile } from './checkClassFile';
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
    const files = new OpenClassFiles(() => undefined);
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
    const files = new OpenClassFiles((_, diagnostics) => published.push(diagnostics));
    const document = TextDocument.create(uri, 'json', 1, faulty);
    files.changed(TextDocument.create('file:///photos/other.json', 'json', 1, faulty));
    files.changed(document);
    while (published.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    assert.equal(published[0]?.length, 4);
    files.closed(document);
    assert.deepEqual(published[1], []);
    assert.deepEqual(files.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }), []);
  });
});
