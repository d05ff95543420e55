import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { OpenExperiments } from './openExperiments';

/** Opens a text as an experiment and waits for its findings. */
async function findingsOf(text: string): Promise<Diagnostic[]> {
  const published = new Map<string, Diagnostic[]>();
  const experiments = new OpenExperiments({
    publish: (uri, diagnostics) => published.set(uri, diagnostics),
    inspect: () => new Promise(() => undefined),
    lensesChanged: () => undefined,
  });
  const document = TextDocument.create('untitled:odd.adapt.json', 'labelless-adapt', 1, text);
  experiments.changed(document);
  while (!published.has(document.uri)) await new Promise(resolve => setTimeout(resolve, 5));
  const found = published.get(document.uri)!;
  experiments.closed(document);
  assert.deepEqual(published.get(document.uri), [], 'closing takes the findings away');
  return found;
}

const messageOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);

suite('experiment files beyond all limits', () => {
  test('a text that is too long or too deeply nested has one finding, which says so', async () => {
    const [deep, ...none] = await findingsOf('['.repeat(19_000));
    assert.deepEqual(none, []);
    assert.match(messageOf(deep), /not read: its brackets are nested more than 100 levels deep/);
    const [long] = await findingsOf(' '.repeat(600_000));
    assert.match(messageOf(long), /not read: its 600000 characters are more than 200000/);
  });

  test('of thousands of findings the first hundred are shown, and how many more there are', async () => {
    const keys = Object.fromEntries(Array.from({ length: 8000 }, (_, i) => [`sourse${i}`, i]));
    const found = await findingsOf(JSON.stringify({ source: {}, classes: 'camvid11', ...keys }));
    assert.equal(found.length, 101);
    // 8,000 unknown keys, and that there is no target
    assert.match(messageOf(found.at(-1)!), /^79\d\d more findings are not shown\.$/);
  });
});
