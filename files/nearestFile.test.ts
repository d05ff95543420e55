import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NearestFile } from './nearestFile';

suite('The nearest file of a name, kept between looks,', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'nearest-file-'));
  const inner = path.join(root, 'photos');
  mkdirSync(inner);
  const name = `classes-${path.basename(root)}.json`;
  const [near, far] = [path.join(inner, name), path.join(root, name)];
  const nearest = new NearestFile(inner, name, 100);
  suiteTeardown(() => {
    rmSync(root, { recursive: true });
  });
  const contentNow = async () => {
    const found = await nearest.look();
    return found && 'content' in found ? `${path.relative(root, found.file)} ${String(found.content)}` : found;
  };

  test('is found when it comes, nearer or farther, and when it goes', async () => {
    assert.equal(await contentNow(), undefined);
    writeFileSync(far, 'far');
    assert.equal(await contentNow(), `${name} far`);
    writeFileSync(near, 'near');
    assert.equal(await contentNow(), `${path.join('photos', name)} near`);
    rmSync(near);
    assert.equal(await contentNow(), `${name} far`);
    rmSync(far);
    assert.equal(await contentNow(), undefined);
  });

  test('is the same object until its content is another, of the same size and time or not', async () => {
    writeFileSync(near, 'red');
    const red = await nearest.look();
    assert.equal(await nearest.look(), red);
    utimesSync(near, 1000, 1000);
    assert.equal(await nearest.look(), red);
    writeFileSync(near, 'tan');
    utimesSync(near, 1000, 1000);
    assert.equal(await contentNow(), `${path.join('photos', name)} tan`);
    writeFileSync(`${near}.new`, 'sky');
    utimesSync(`${near}.new`, 1000, 1000);
    renameSync(`${near}.new`, near);
    assert.equal(await contentNow(), `${path.join('photos', name)} sky`);
  });

  test('tells why it cannot be read', async () => {
    rmSync(near);
    mkdirSync(near);
    const folder = await nearest.look();
    assert.deepEqual(folder, { file: near, unreadable: 'it is a folder, not a file' });
    assert.equal(await nearest.look(), folder);
    rmSync(near, { recursive: true });
    assert.equal(await nearest.look(), undefined);
  });
});
