import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type { SegmentOutcome } from '../../protocol/segmentMessages';
import { TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';

const quick = { clustering: { iterations: 2 } };

suite('A batch', function () {
  let folder: Folder;
  let client: TestClient;

  setup(async () => {
    folder = new Folder();
    client = await TestClient.start();
    client.settings = quick;
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  /** What became of an image, in short. */
  function brief(outcome: SegmentOutcome): string {
    const name = decodeURIComponent(path.posix.basename(outcome.uri));
    return `${name}: ${'written' in outcome ? 'written' : 'error' in outcome ? 'failed' : 'returned'}`;
  }

  test('a folder: good images are written, bad ones are problems, own outputs and other files are left out', async () => {
    await drawPicture(folder.file("a b'é.png"));
    await drawPicture(folder.file('c.jpg'));
    writeFileSync(folder.file('empty.png'), '');
    writeFileSync(folder.file('text.jpg'), 'no picture');
    writeFileSync(folder.file('truncated.jpg'), readFileSync(folder.file('c.jpg')).subarray(0, 900));
    writeFileSync(folder.file('old.mask.png'), readFileSync(folder.file("a b'é.png")));
    writeFileSync(folder.file('notes.txt'), 'not an image');
    const { outcomes, cancelled } = await client.segment({ uris: [folder.uri()], target: 'write' }).result;
    assert.equal(cancelled, false);
    assert.deepEqual(outcomes.map(brief), [
      "a b'é.png: written",
      'c.jpg: written',
      'empty.png: failed',
      'text.jpg: failed',
      'truncated.jpg: failed',
    ]);
    for (const outcome of outcomes) {
      if ('written' in outcome) {
        const mask = outcome.written.find(file => file.endsWith('.mask.png'))!;
        const { width, height } = decode(readFileSync(mask));
        assert.deepEqual([width, height], [160, 120]);
        assert.ok(outcome.written.every(file => existsSync(file)) && outcome.regions > 0);
      } else if ('error' in outcome) {
        assert.ok(outcome.error.startsWith(`${path.posix.basename(outcome.uri)}: `), outcome.error);
        const [diagnostic] = client.diagnostics.get(outcome.uri)!;
        assert.deepEqual([diagnostic.message, diagnostic.severity, diagnostic.source], [outcome.error, 1, 'labelless']);
      }
    }
    assert.equal(client.diagnostics.size, 3);
    assert.ok(client.progress.some(value => 'message' in value && value.message?.includes('c.jpg (2 of 5)')));

    await drawPicture(folder.file('text.jpg'));
    await client.segment({ uris: [folder.uri('text.jpg')], target: 'write' }).result;
    assert.deepEqual(client.diagnostics.get(folder.uri('text.jpg')), []);
  });

  test('images that share a stem get masks of their own, skipped ones and repetitions none', async () => {
    for (const name of ['p.png', 'p.jpg', 'q.png']) await drawPicture(folder.file(name));
    const uris = [folder.uri('p.png'), folder.uri('p.jpg'), folder.uri('p.jpg'), folder.uri('q.png')];
    const { outcomes } = await client.segment({ uris, target: 'write', skip: [folder.uri('q.png')] }).result;
    assert.deepEqual(outcomes.map(brief), ['p.png: written', 'p.jpg: written']);
    assert.deepEqual(
      readdirSync(folder.path).filter(name => name.endsWith('.mask.png')),
      ['p.jpg.mask.png', 'p.png.mask.png'],
    );
  });

  test('what is no file of this machine, and a folder to be returned, are errors that say so', async () => {
    const uris = ['https://example.com/photo.jpg', folder.uri(), folder.uri('missing.png'), 'not a uri'];
    const { outcomes } = await client.segment({ uris, target: 'return' }).result;
    const errors = outcomes.map(outcome => ('error' in outcome ? outcome.error : ''));
    assert.match(errors[0], /^https:.*only files on this machine/);
    assert.match(errors[1], /folder/);
    assert.match(errors[2], /^missing\.png: there is no such file/);
    assert.match(errors[3], /only files on this machine/);
  });

  test('settings are asked for at every image, by its scope; the formats and the folder are theirs', async () => {
    await drawPicture(folder.file('p.png'));
    client.settings = { ...quick, output: { folder: 'out', formats: ['mask', 'overlay', 'npy'] } };
    const { outcomes } = await client.segment({ uris: [folder.uri('p.png')], target: 'write' }).result;
    assert.deepEqual(client.scopes, [folder.uri('p.png')]);
    assert.ok('written' in outcomes[0], JSON.stringify(outcomes[0]));
    assert.deepEqual(
      outcomes[0].written.map(file => path.relative(folder.path, file)).sort(),
      readdirSync(folder.file('out'))
        .map(name => path.join('out', name))
        .sort(),
    );
    assert.equal(outcomes[0].written.length, 4);
  });

  test("a limit is an error with the setting that lifts it, also as the problem's code", async () => {
    await drawPicture(folder.file('p.png'));
    client.settings = { ...quick, limits: { megapixels: 0.01 } };
    const { outcomes } = await client.segment({ uris: [folder.uri('p.png')], target: 'write' }).result;
    assert.ok('error' in outcomes[0]);
    assert.equal(outcomes[0].setting, 'labelless.limits.megapixels');
    assert.equal(client.diagnostics.get(folder.uri('p.png'))?.[0].code, 'labelless.limits.megapixels');
    client.settings = quick; // takes effect on the next run
    assert.deepEqual(
      (await client.segment({ uris: [folder.uri('p.png')], target: 'write' }).result).outcomes.map(brief),
      ['p.png: written'],
    );
  });

  test('a wrong setting is reported by name, once, and its default is used', async () => {
    await drawPicture(folder.file('p.png'));
    client.settings = { ...quick, granularity: 7 };
    for (let i = 0; i < 2; i++) {
      const { outcomes } = await client.segment({ uris: [folder.uri('p.png')], target: 'write' }).result;
      assert.ok('summary' in outcomes[0] && outcomes[0].summary.granularity === 0.5);
    }
    assert.equal(client.warnings.length, 1);
    assert.match(client.warnings[0], /labelless\.granularity/);
  });

  test('cancelled halfway: what is written stays, the image in work is dropped', async () => {
    await drawPicture(folder.file('1.png'));
    await drawPicture(folder.file('2.png'), 320, 240);
    client.settings = { clustering: { iterations: 200, channels: 48, scale: 1 }, limits: { threads: 1 } };
    const cancel = new CancellationTokenSource();
    const run = client.segment({ uris: [folder.uri('1.png'), folder.uri('2.png')], target: 'write' }, cancel.token);
    await until('training', () =>
      client.progress.some(value => 'message' in value && value.message?.includes('1.png (1 of 2) · iteration')),
    );
    await client.stop(run.token); // ends the first, the second begins
    await until('the second', () =>
      client.progress.some(
        value => 'message' in value && /^2\.png \(2 of 2\) · \d+ s left · iteration/.test(value.message ?? ''),
      ),
    );
    cancel.cancel();
    const { outcomes, cancelled } = await run.result;
    assert.equal(cancelled, true);
    assert.deepEqual(outcomes.map(brief), ['1.png: written']);
    assert.deepEqual(readdirSync(folder.path).sort(), ['1.mask.json', '1.mask.png', '1.png', '2.png']);
  });

  test('a client that does not answer for settings gives them at the start', async () => {
    await drawPicture(folder.file('p.png'));
    const other = await TestClient.start({
      asksSettings: false,
      initializationOptions: { settings: { ...quick, seed: 42 } },
    });
    const { outcomes } = await other.segment({ uris: [folder.uri('p.png')], target: 'write' }).result;
    assert.ok('summary' in outcomes[0] && outcomes[0].summary.seed === 42);
    assert.deepEqual(other.scopes, []);
    await other.close();
  });

  test('together: labels have one name and colour in all images, a bad one is left out', async () => {
    await drawPicture(folder.file('a.png'));
    await drawPicture(folder.file('b.png'), 200, 120);
    writeFileSync(folder.file('text.jpg'), 'no picture');
    client.settings = { ...quick, together: { features: 'colours' } }; // the pictures show colours, and no things
    const { outcomes } = await client.segment({ uris: [folder.uri()], target: 'write', sharedLabels: true }).result;
    client.settings = quick;
    assert.deepEqual(outcomes.map(brief), ['a.png: written', 'b.png: written', 'text.jpg: failed']);
    const looks = (image: string, ...places: [x: number, y: number][]) => {
      const { width, data } = decode(readFileSync(folder.file(`${image}.mask.png`)));
      const { labels } = JSON.parse(readFileSync(folder.file(`${image}.mask.json`), 'utf8')) as {
        labels: { value?: number; name?: string; colour?: string }[];
      };
      return places
        .map(([x, y]) => labels.find(({ value }) => value === data[y * width + x]))
        .map(label => [label?.name, label?.colour]);
    };
    const found = looks('a', [80, 20], [80, 60], [80, 110]);
    assert.deepEqual(looks('b', [100, 20], [100, 60], [100, 110]), found);
    assert.equal(new Set(found.map(([name]) => name)).size, 3, 'sky, ball and ground');
  });
});
