import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importClasses, toClassList } from './importClasses';

suite('Classes of other programs', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  async function imported(name: string, text: string) {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const { list, remarks } = await importClasses(file);
    return {
      classes: list.classes.map(({ id, name: title, colour, background }) =>
        [id, title, colour, ...(background ? ['background'] : [])].join(' '),
      ),
      remarks,
    };
  }

  test('a name a line is numbered from 1, and LabelMe’s background is 0', async () => {
    assert.deepEqual((await imported('labels.txt', '\ufeffcat\r\n\r\n dog \ncat\n')).classes, [
      '1 cat #e69f00',
      '2 dog #56b4e9',
    ]);
    const labelme = await imported('labels.txt', '__ignore__\n_background_\ncat\n');
    assert.deepEqual(labelme, { classes: ['0 _background_ #000000 background', '1 cat #e69f00'], remarks: [] });
  });

  test('YOLO’s names are read as a list and as a map, with their numbers', async () => {
    const expected = ['0 cat #e69f00', '1 dog: big #56b4e9'];
    assert.deepEqual((await imported('a.yaml', 'nc: 2\nnames: [cat, "dog: big"]\n')).classes, expected);
    assert.deepEqual((await imported('b.yml', 'train: x\nnames:\n  1: "dog: big"\n  0: cat\n')).classes, expected);
    await assert.rejects(imported('c.yaml', 'names: {0: a, 2: b}\n'), /c\.yaml: of its 2 classes it lists none/);
  });

  test('COCO’s categories keep their ids and colours, unless these are no class ids', async () => {
    const categories = [
      { id: 17, name: 'cat', color: [220, 20, 60], supercategory: 'animal' },
      { id: 3, name: 'dog' },
    ];
    assert.deepEqual((await imported('a.json', JSON.stringify({ categories }))).classes, [
      '17 cat #dc143c',
      '3 dog #e69f00',
    ]);
    const high = await imported('b.json', JSON.stringify({ categories: [{ id: 1000, name: 'cat' }, categories[1]] }));
    assert.deepEqual(high.classes, ['1 cat #e69f00', '2 dog #56b4e9']);
    assert.match(high.remarks.join(), /numbered anew/);
    await assert.rejects(imported('c.json', '{"images":[]}'), /neither categories of COCO/);
  });

  test('VOC’s labelmap gives indices and colours', async () => {
    const text = '# label:color_rgb:parts:actions\nbackground:0,0,0::\nsky:1, 2,3:a,b:fly\nroad:128,64,128::\n';
    assert.deepEqual((await imported('labelmap.txt', text)).classes, [
      '0 background #000000 background',
      '1 sky #010203',
      '2 road #804080',
    ]);
  });

  test('that are none, or too many, are refused with the file’s name', async () => {
    await assert.rejects(imported('labels.txt', '\n'), /labels\.txt: it lists no classes/);
    const many = Array.from({ length: 300 }, (_, index) => `c${index}`).join('\n');
    await assert.rejects(imported('labels.txt', many), /labels\.txt: classes: it has to be at most 255 entries long/);
    await assert.rejects(imported('labels.txt', 'x'.repeat(300)), /name: it has to be at most 200 characters long/);
    assert.throws(() => toClassList([]), /no classes/);
  });
});
