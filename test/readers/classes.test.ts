import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromLabels } from '../../mask/files/maskFiles';
import { setProperties } from '../../mask/testing/randomMasks';
import { writeDocument } from '../../server/src/engine/formats/writeDocument';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { pythonWithReaders } from './python';

const height = 10;
const columns = 4;

suite('Classes that images of an export share', function () {
  this.timeout(400_000);
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'labelless class readers-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Exports a picture with a column of each name, all of one colour. */
  async function write(name: string, format: 'yolo' | 'voc', names: readonly string[]) {
    const width = columns * names.length;
    const file = path.join(folder, name);
    await sharp({ create: { width, height, channels: 3, background: '#456789' } }).toFile(file);
    const labels = Uint16Array.from({ length: width * height }, (_, p) => 1 + Math.floor((p % width) / columns));
    const document = new MaskDocument(stateFromLabels({ width, height, labels, palette: null }));
    for (const { value, representative } of document.view().labels)
      setProperties(document, representative, { name: names[value - 1], colour: '#e69f00' });
    const image = await loadImage(file, { megapixels: 1, fileSize: 1 });
    const siblings = ['photo.png', 'photo.gif', 'other.jpg'];
    await writeDocument(image, document, { folder, formats: [format], siblings, withPictures: true });
  }

  function save(list: string, change: (text: string) => string) {
    const file = path.join(folder, list);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  test('are read as they were named, also after other programs saved the lists', async () => {
    const odd = [
      ':',
      'a:b',
      'a b',
      '#',
      '- x',
      'no',
      '12',
      '~',
      'é 😀',
      'a\u2028b',
      '\u0085',
      ' ',
      '"',
      '\\',
      '\u007f',
    ];
    const first = Array.from({ length: 12 }, (_, index) => `class ${index}`);
    const second = ['car', 'class 7', 'a  b', 'a b'];
    await write('photo.png', 'yolo', odd);
    save('labelless.yolo/data.yaml', yaml => yaml.replace('"a b"', 'a b').replaceAll('\n', '\r\n'));
    await write('photo.gif', 'yolo', ['new', ...[...odd].reverse()]);
    await write('photo.png', 'voc', first);
    save('labelless.voc/labelmap.txt', list => `\ufeff${list.replaceAll('\n', '\r\n')}`);
    await write('other.jpg', 'voc', second);
    const script = path.resolve('test', 'readers', 'classes.py');
    const found: unknown = JSON.parse(
      execFileSync(pythonWithReaders(), [script, folder], { encoding: 'utf8', stdio: 'pipe' }),
    );
    const objects = (names: readonly string[]) => names.map((name, index) => `${index + 1} ${name}`);
    assert.deepEqual(found, {
      yolo: { 'photo.gif.png': ['new', ...[...odd].reverse()], 'photo.png.png': odd },
      voc: { 'photo.png': objects(first), other: objects(second) },
    });
  });
});
