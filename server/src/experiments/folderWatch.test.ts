import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderWatch } from './folderWatch';

suite('Watched folders', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'labelless-watch-'));
  const images = path.join(folder, 'images');
  let clock = 1000;
  /** Times of files are coarser than a test is quick. */
  const touch = (place: string) => {
    utimesSync(place, ++clock, clock);
  };
  suiteSetup(() => {
    mkdirSync(path.join(images, 'town'), { recursive: true });
  });
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('tell of files that come and go, below too, and of nothing else', async () => {
    const watch = new FolderWatch();
    const look = () => watch.signature([images, path.join(folder, 'missing')]);
    const seen = [await look(), await look()];
    assert.equal(seen[0], seen[1]);
    writeFileSync(path.join(images, 'town', 'a.png'), '');
    touch(path.join(images, 'town'));
    seen.push(await look());
    mkdirSync(path.join(folder, 'missing'));
    seen.push(await look());
    mkdirSync(path.join(images, 'other'));
    touch(images);
    seen.push(await look());
    touch(path.join(images, 'other'));
    seen.push(await look());
    assert.equal(new Set(seen).size, 5);
  });

  test('leave out what is excepted', async () => {
    const watch = new FolderWatch();
    const look = () => watch.signature([images], path.join(images, 'town'));
    const before = await look();
    touch(path.join(images, 'town'));
    assert.equal(await look(), before);
  });
});
