import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PhotoFolder } from './testing/photoFolder';

suite('Listing the images of a folder', () => {
  let photos: PhotoFolder;

  setup(async () => {
    photos = new PhotoFolder(await mkdtemp(path.join(tmpdir(), 'labelless list-')));
    for (const name of ['a.png', 'b.png', 'c.png']) await photos.photo(name);
  });
  teardown(() => rm(photos.folder, { recursive: true }));

  const shown = async () => {
    const { images } = await photos.list();
    return Object.fromEntries(
      [...images].map(([name, { status, labels, problem }]) => [name, [status, labels, problem]]),
    );
  };

  test('tells the status of each, its labels, and none where there is no mask', async () => {
    photos.mask('a.png', { status: 'approved' });
    photos.mask('b.png', { status: 'skipped' });
    assert.deepEqual(await shown(), {
      'a.png': ['approved', 2, undefined],
      'b.png': ['skipped', 2, undefined],
      'c.png': ['none', 0, undefined],
    });
  });

  test('a mask of another program is a person’s, also one with a sidecar that cannot be used', async () => {
    photos.mask('a.png');
    rmSync(photos.at('a.mask.json'));
    photos.mask('b.png');
    writeFileSync(photos.at('b.mask.json'), '{"version": 7}');
    assert.deepEqual(await shown(), {
      'a.png': ['edited', 2, undefined],
      'b.png': ['edited', 2, 'its sidecar cannot be used: it is of version 7, which this Labelless does not know yet'],
      'c.png': ['none', 0, undefined],
    });
  });

  test('a sidecar of an earlier version tells its status from what a person did', async () => {
    photos.mask('a.png');
    const { status, overview, ...rest } = JSON.parse(readFileSync(photos.at('a.mask.json'), 'utf8')) as {
      status: string;
      overview: unknown;
    };
    assert.deepEqual([status, overview], ['edited', { labels: 2, classes: [], uncertainty: null }]);
    const run = { method: 'clustering', parameters: {}, seed: 1, backend: 'cpu', granularity: 0.5, iterations: 3 };
    const proposed = { ...rest, run: { ...run, stopped: false }, pins: [] };
    writeFileSync(photos.at('a.mask.json'), JSON.stringify(rest));
    assert.deepEqual((await shown())['a.png'], ['edited', 2, undefined]);
    writeFileSync(photos.at('a.mask.json'), JSON.stringify(proposed));
    assert.deepEqual((await shown())['a.png'], ['proposed', 2, undefined]);
  });

  test('an image that was replaced has no mask, for a reason; a mask that was changed is a person’s', async () => {
    for (const name of ['a.png', 'b.png', 'c.png']) photos.mask(name, { status: 'approved' });
    await new Promise(resolve => setTimeout(resolve, 30));
    writeFileSync(photos.at('a.png'), readFileSync(photos.at('c.png')));
    writeFileSync(photos.at('b.mask.png'), readFileSync(photos.at('b.png')));
    writeFileSync(photos.at('c.png'), readFileSync(photos.at('c.png'))); // the same bytes again
    assert.deepEqual(await shown(), {
      'a.png': ['none', 2, 'its mask was made of another picture, or of this one before it was changed'],
      'b.png': ['edited', 2, 'its mask was changed since its sidecar was written'],
      'c.png': ['approved', 2, undefined],
    });
  });

  test('reads some images again, and says which are gone', async () => {
    const before = (await photos.list()).images.get('b.png');
    photos.mask('b.png', { status: 'proposed' });
    rmSync(photos.at('c.png'));
    const asked = ['b.png', 'c.png', '../b.png', '/etc/passwd.png', 'b.mask.png'];
    const { images, count, missing } = await photos.list({ images: asked });
    assert.deepEqual([...images.keys()], ['b.png']);
    assert.equal(images.get('b.png')?.status, 'proposed');
    assert.notEqual(images.get('b.png')?.stamp, before?.stamp);
    assert.equal(count, 1);
    assert.deepEqual(missing.sort(), asked.filter(name => name !== 'b.png').sort());
  });

  test('lists folders within it, also links, and says which cannot be read', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(photos.at('day 2'));
    await photos.photo('day 2/a.png');
    photos.mask('day 2/a.png', { status: 'approved' });
    symlinkSync(photos.at('a.png'), photos.at('link.png'));
    symlinkSync(photos.at('nowhere.png'), photos.at('gone.png'));
    mkdirSync(photos.at('closed'));
    chmodSync(photos.at('closed'), 0);
    const { images, failures } = await photos.list({ recursive: true });
    assert.deepEqual([...images.keys()].sort(), ['a.png', 'b.png', 'c.png', 'day 2/a.png']);
    assert.equal(images.get('day 2/a.png')?.status, 'approved');
    if (process.getuid?.() !== 0) assert.deepEqual(failures, ['closed: no permission to read it']);
    chmodSync(photos.at('closed'), 0o700);
  });
});
