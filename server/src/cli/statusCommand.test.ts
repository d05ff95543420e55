import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PhotoFolder } from '../engine/session/testing/photoFolder';
import { callProgram } from './testing/callProgram';

suite('the status of a folder on the command line', function () {
  this.timeout(120_000);
  let photos: PhotoFolder;
  const run = (...args: string[]) => callProgram(photos.folder, ...args);

  setup(async () => {
    photos = new PhotoFolder(await mkdtemp(path.join(tmpdir(), 'labelless cli-status-')));
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png']) await photos.photo(name);
    photos.mask('a.png', { status: 'approved' });
    photos.mask('b.png', { status: 'edited', properties: new Map([[0, { class: 3 }]]) });
    photos.mask('c.png', { status: 'skipped' });
  });
  teardown(() => rm(photos.folder, { recursive: true }));

  test('counts the images by status and class, and names masks that cannot be used', async () => {
    const sound = await run('status', '.');
    assert.equal(sound.status, 0, sound.stderr);
    assert.match(sound.stdout, /^\.: 4 images\n {2}none +1\n {2}proposed +0\n {2}edited +1\n {2}approved +1\n/);
    assert.match(sound.stdout, /^ {2}class 3 +1$/m);
    writeFileSync(photos.at('a.mask.json'), '{"version": 7}');
    const { status, stdout, stderr } = await run('status', '.', '--json');
    assert.equal(status, 1);
    assert.match(stderr, /^a\.png: its sidecar cannot be used: it is of version 7/);
    const report = JSON.parse(stdout) as { counts: object; classes: object; images: object[] };
    assert.deepEqual(report.counts, { none: 1, proposed: 0, edited: 2, approved: 0, skipped: 1 });
    assert.deepEqual(report.classes, [{ id: 3, images: 1 }]);
    assert.deepEqual(report.images.at(-1), {
      path: 'd.png',
      status: 'none',
      labels: 0,
      classes: [],
      uncertainty: null,
      progress: 'missing',
    });
  });

  test('a folder that is not there, and a wrong call', async () => {
    const gone = await run('status', 'nowhere');
    assert.deepEqual([gone.status, gone.stderr], [1, 'nowhere: it cannot be listed: there is no such file\n']);
    assert.equal((await run('status')).status, 2);
    const wrong = await run('segment', '.', '--only', 'done');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /--only done: there is none, proposed, edited, approved, skipped/);
  });

  test('segment leaves approved and skipped images of a folder as they are, and takes those of --only', async () => {
    const approved = await readFile(photos.at('a.mask.json'));
    const { status, stdout, stderr } = await run('segment', '.', '--only', 'none,skipped', '--json', '--regions', '2');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^labelless: left as they are: 1 edited, 1 approved$/m);
    const report = JSON.parse(stdout) as { images: { image: string }[]; leftOut: object[] };
    assert.deepEqual(
      report.images.map(({ image }) => image),
      ['c.png', 'd.png'],
    );
    assert.deepEqual(report.leftOut, [
      { image: 'a.png', status: 'approved' },
      { image: 'b.png', status: 'edited' },
    ]);
    assert.deepEqual(await readFile(photos.at('a.mask.json')), approved);
    const { images } = await photos.list();
    assert.deepEqual(
      [...images.values()].map(image => image.status),
      ['approved', 'edited', 'proposed', 'proposed'],
    );
  });
});
