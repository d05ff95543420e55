import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { loadImage } from '../image/loadImage';
import { writeDocument } from './writeDocument';

const [width, height] = [24, 12];

suite('Pictures of a YOLO export', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  async function write(file: string, siblings: readonly string[], withPictures: boolean) {
    const document = new MaskDocument(
      stateFromLabels({ width, height, labels: new Uint16Array(width * height).fill(1), palette: null }),
    );
    const image = await loadImage(at(file), { megapixels: 1, fileSize: 1 });
    const { lost } = await writeDocument(image, document, {
      folder: at('out'),
      formats: ['yolo'],
      siblings,
      withPictures,
    });
    return lost.slice(1);
  }
  const picture = (background = '#456789') => sharp({ create: { width, height, channels: 3, background } });

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless pictures-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('have the names by which Ultralytics finds their labels, or it is said which they need', async () => {
    await picture().toFile(at('photo.jpg'));
    await picture().toFile(at('photo.png'));
    const both = ['photo.jpg', 'photo.png'];
    assert.deepEqual(await write('photo.jpg', both, false), [
      'yolo finds these labels only if photo.jpg is put into images/ as photo.jpg.jpg',
    ]);
    assert.deepEqual(await write('photo.jpg', [], false), []);
    for (const name of both) assert.deepEqual(await write(name, both, true), []);
    assert.deepEqual((await readdir(at('out/labelless.yolo/images'))).sort(), ['photo.jpg.jpg', 'photo.png.png']);
  });

  test('are converted where Ultralytics does not read them, or it is said', async () => {
    await picture().gif().toFile(at('a.gif'));
    await picture().tiff().toFile(at('b.tif'));
    await picture().jpeg().toFile(at('c.jfif'));
    await picture().png().withMetadata({ orientation: 3 }).toFile(at('d.png'));
    await picture().gif().toFile(at('e.jpg'));
    assert.deepEqual(await write('a.gif', [], false), [
      'yolo finds these labels only if a.gif is put into images/ as a.png, a PNG of the picture: ' +
        'not all its programs read GIF',
    ]);
    assert.deepEqual(await write('a.gif', [], true), [
      'yolo has the picture as images/a.png, since not all its programs read GIF',
    ]);
    for (const name of ['b.tif', 'c.jfif', 'd.png', 'e.jpg']) await write(name, [], true);
    const made = (await readdir(at('out/labelless.yolo/images'))).sort();
    assert.deepEqual(made, ['a.png', 'b.png', 'c.jpg', 'd.png', 'e.png']);
    const formats = await Promise.all(
      made.map(async name => (await sharp(at(`out/labelless.yolo/images/${name}`)).metadata()).format),
    );
    assert.deepEqual(formats, ['png', 'png', 'jpeg', 'png', 'png']);
  });

  test('that others put there stay', async () => {
    await picture().toFile(at('a.png'));
    await write('a.png', [], true);
    await picture('#ffffff').toFile(at('b.png'));
    await picture().toFile(at('out/labelless.yolo/images/b.png'));
    const others = await readFile(at('out/labelless.yolo/images/b.png'));
    await assert.rejects(write('b.png', [], true), /images.b\.png is another picture, without labels/);
    assert.deepEqual(await readFile(at('out/labelless.yolo/images/b.png')), others);
    await writeFile(at('b.png'), others);
    await write('b.png', [], true);
    await picture('#ffffff').toFile(at('b.png'));
    await write('b.png', [], true);
    assert.deepEqual(await readFile(at('out/labelless.yolo/images/b.png')), await readFile(at('b.png')));
  });

  test('that are links are kept where they lead to the picture, and else nothing is written', async function () {
    await picture().toFile(at('a.png'));
    await picture('#ffffff').toFile(at('other.png'));
    await write('a.png', [], false);
    await mkdir(at('out/labelless.yolo/images'));
    try {
      await symlink(at('a.png'), at('out/labelless.yolo/images/a.png'));
    } catch {
      this.skip(); // Windows lets few users make links
    }
    await write('a.png', [], true);
    await rm(at('out/labelless.yolo/images/a.png'));
    await symlink(at('other.png'), at('out/labelless.yolo/images/a.png'));
    const other = await readFile(at('other.png'));
    await assert.rejects(write('a.png', [], true), /images.a\.png is a link, and what it leads to would be replaced/);
    await rm(at('out/labelless.yolo/images'), { recursive: true });
    await mkdir(at('photos'));
    await writeFile(at('photos/a.png'), other);
    await symlink(at('photos'), at('out/labelless.yolo/images'));
    await assert.rejects(write('a.png', [], true), /images is a link, and what it leads to would be replaced/);
    assert.deepEqual([await readFile(at('other.png')), await readFile(at('photos/a.png'))], [other, other]);
  });
});
