import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { encode } from 'fast-png';
import type { CodeAction, CodeLens, CompletionList, Hover } from 'vscode-languageserver-protocol/node';
import { NewExperimentRequest } from '../../protocol/trainingMessages';
import { TestClient } from './testClient';
import { until } from '../support/until';
import { hasBundledWeights } from '../../server/src/engine/adaptation/networks/bundledWeights';
import { drawPicture, Folder } from './pictureFolder';

suite('Experiment files in any editor', function () {
  const folder = new Folder();
  const uri = folder.uri('camera.adapt.json');
  let client: TestClient;
  let version = 1;

  const textDocument = { uri };
  const sound =
    '{\n  "source": { "layout": "folders", "images": "images", "labels": "labels" },\n' +
    '  "target": { "images": "photos" },\n  "classes": "camvid11"\n}\n';

  async function write(text: string): Promise<void> {
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ text }],
    });
  }

  const codes = () => client.diagnostics.get(uri)?.map(({ code }) => code) ?? [];

  suiteSetup(async () => {
    client = await TestClient.start({ program: ['dist/cli.js', 'serve'] });
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'labelless-adapt', version, text: '{ "source": {}, "clases": "camvid11" }' },
    });
  });
  suiteTeardown(async () => {
    await client.close();
    folder.remove();
  });

  test('the server tells what it can do', () => {
    const { capabilities } = client.initialized;
    for (const what of [
      'completionProvider',
      'hoverProvider',
      'codeActionProvider',
      'codeLensProvider',
      'documentSymbolProvider',
    ] as const)
      assert.ok(capabilities[what], what);
  });

  test('a German client gets German buttons', async () => {
    const german = await TestClient.start({ locale: 'de' });
    await german.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'labelless-adapt', version: 1, text: sound },
    });
    const lenses = await german.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['▶ Trainieren'],
    );
    await german.close();
  });

  test('what is wrong comes on opening, and follows every change', async () => {
    await until('the first diagnostics', () => client.diagnostics.has(uri));
    assert.deepEqual(codes(), ['missing-key', 'unknown-key']);
    await write(sound.replace('"camvid11"', '"camvid11",\n  "training": { "batch": 65 }'));
    await until('those of the new text', () => codes().includes('out-of-range'));
    const [{ range }] = client.diagnostics.get(uri)!.filter(({ code }) => code === 'out-of-range');
    assert.deepEqual(range, { start: { line: 4, character: 25 }, end: { line: 4, character: 27 } });
  });

  test('a quick fix mends it', async () => {
    const [{ range }] = client.diagnostics.get(uri)!.filter(({ code }) => code === 'out-of-range');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to 64'],
    );
    assert.deepEqual(actions[0].edit?.changes?.[uri], [{ range, newText: '64' }]);
  });

  test('memory that this machine has not is told, while questions are answered before', async () => {
    await write(sound.replace('"camvid11"', '"camvid11",\n  "training": { "batch": 64, "size": [2048, 1024] }'));
    const answers: boolean[] = [];
    while (!codes().includes('memory')) {
      await client.connection.sendRequest('textDocument/hover', { textDocument, position: { line: 1, character: 5 } });
      answers.push(codes().includes('memory'));
    }
    assert.ok(answers.filter(late => !late).length > 10, `${answers.length} answers`);
    const { message } = client.diagnostics.get(uri)!.find(({ code }) => code === 'memory')!;
    assert.match(
      message as string,
      /^Training takes about \d+\.\d GB of memory on the processor, and this machine has/,
    );
    await write(sound);
    await until('its end', () => !codes().includes('memory'));
  });

  test('missing folders are told, with those that were meant, until they come', async () => {
    mkdirSync(folder.file('photos'));
    await write(sound.replace('"photos"', '"phots"'));
    await until(
      'all three',
      () =>
        client.diagnostics
          .get(uri)!
          .filter(({ message }) => /^There is no folder .*(images|labels|phots)\.$/.test(message as string)).length ===
        3,
    );
    const start = { line: 2, character: 26 };
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: { start, end: start },
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to "photos"'],
    );
    await write(sound);
    await until('one less', () => codes().filter(code => code === 'missing-folder').length === 2);
    for (const name of ['images', 'labels']) mkdirSync(folder.file(name));
    await drawPicture(folder.file('images/a.png'));
    await until('what is in them now', () => isDeepStrictEqual(codes(), ['no-pairs', 'no-images']));
    for (const name of 'bcdef') await drawPicture(folder.file(`photos/${name}.png`));
    await until('one less again', () => isDeepStrictEqual(codes(), ['no-pairs']));
  });

  test('completion and hover', async () => {
    const path = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument,
      position: { line: 2, character: 26 },
    });
    assert.ok(
      path.items.some(({ label }) => label === 'photos'),
      JSON.stringify(path.items),
    );
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument,
      position: { line: 1, character: 18 },
    });
    assert.match(JSON.stringify(hover.contents), /How images and labels lie on disk/);
  });

  test("lenses follow the run's folder", async () => {
    const titles = async () =>
      (await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument })).map(
        ({ command }) => command!.title,
      );
    assert.deepEqual(await titles(), ['▶ Train']);
    const run = folder.file('runs/camera');
    mkdirSync(run, { recursive: true });
    const point = {
      step: 250,
      steps: 3000,
      losses: { segmentation: 1 },
      learningRate: 0.001,
      secondsPerStep: 0.1,
      evaluation: { mIoU: 0.25, pixelAccuracy: 0.5, perClass: [] },
    };
    writeFileSync(`${run}/log.jsonl`, `${JSON.stringify(point)}\n`);
    writeFileSync(`${run}/config.json`, sound);
    const before = client.lensRefreshes;
    await until('the request to fetch them anew', () => client.lensRefreshes > before);
    assert.deepEqual(await titles(), ['▶ Resume at step 250 of 3000', 'Train Again', 'Open Run · mIoU 0.250']);
  });

  test('a new experiment is proposed for two folders', async () => {
    writeFileSync(
      folder.file('labels/a.png'),
      encode({ width: 160, height: 120, channels: 1, data: Uint8Array.from({ length: 160 * 120 }, (_, p) => p % 2) }),
    );
    const { text, labelled } = await client.connection.sendRequest(NewExperimentRequest, {
      folder: folder.uri(),
      labelled: folder.uri(),
      photos: folder.uri('photos'),
    });
    assert.equal(labelled, 1);
    // With and without the pretrained encoder, which a build without pip lacks.
    const settings = hasBundledWeights()
      ? `
  "network": { "name": "efficientnet-lite0" },
  "adaptation": {
    "strategy": "self-training",
    "pseudoLabelThreshold": 0.9,
    "teacherDecay": 0.98,
    "maskedPhotos": 1,
    "classBalance": 0.3,
    "targetHistograms": 1,
    "warmUp": 200,
    "batch": 3,
    "rateShare": 0.7
  },
  "training": {
    "steps": 350,
    "optimizer": "adamw",
    "rateWarmUp": 20,
    "classBalance": 0.3,
    "augmentation": { "brightness": 0.4, "colour": 0.4 }
  }`
      : `
  "adaptation": { "strategy": "self-training", "pseudoLabelThreshold": 0.9, "targetHistograms": 0.5, "warmUp": 900 },
  "training": { "classBalance": 0.5 }`;
    assert.equal(
      text,
      `{
  "source": { "layout": "folders", "root": "." },
  "target": { "images": "photos" },
  "classes": [
    { "name": "class 0", "values": [0], "colour": "#e69f00" },
    { "name": "class 1", "values": [1], "colour": "#56b4e9" }
  ],${settings}
}
`,
    );
    await write(text);
    await until('no problems', () => codes().length === 0);
  });

  test('a label in no class is told with its file, and gets a class by a quick fix', async () => {
    const [first, other] = [
      '    { "name": "class 0", "values": [0], "colour": "#e69f00" }',
      '    { "name": "class 5", "values": [5], "colour": "#56b4e9" }',
    ];
    const classes = `  "classes": [\n${first},\n${other}\n  ]\n`;
    const text = `{\n  "source": {},\n  "target": { "images": "photos" },\n${classes}}\n`;
    await write(text);
    await until('the label', () => codes().includes('value-outside-classes'));
    const { message, range, relatedInformation } = client.diagnostics.get(uri)![0];
    assert.match(message as string, /^The label 1 is in no class and does not count: 9600 pixels in a\.png/);
    assert.equal(relatedInformation?.[0].location.uri, folder.uri('labels/a.png'));
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Add a class for the label 1'],
    );
    await write(text.replace(other, `${other},\n    { "name": "class 1", "values": [1], "colour": "#009e73" }`));
    assert.deepEqual(
      actions[0].edit!.changes![uri].map(({ newText }) => newText),
      [',\n    { "name": "class 1", "values": [1], "colour": "#009e73" }'],
    );
    await until('nothing but the class 5', () => isDeepStrictEqual(codes(), ['class-without-labels']));
  });

  test('a closed file has no problems, and other files are no concern', async () => {
    await write('{');
    await until('the problem', () => codes().length > 0);
    await client.connection.sendNotification('textDocument/didClose', { textDocument });
    await until('its end', () => codes().length === 0);
    const other = folder.uri('other.json');
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: other, languageId: 'json', version: 1, text: '{' },
    });
    assert.equal(
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: other },
        position: { line: 0, character: 0 },
      }),
      null,
    );
    assert.ok(!client.diagnostics.has(other));
  });
});
