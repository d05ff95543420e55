import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatClassFile, parseClassFile } from '../../mask/files/classFile';
import { classesNamed, exampleClasses, namesInFolder } from './classNames';

suite('Classes of a new list', () => {
  test('are named once, with ids, keys and colours, and a background', () => {
    const classes = classesNamed([
      { name: ' road ', colour: '#80408A' },
      { name: 'sky' },
      { name: 'road' },
      { name: '\n' },
    ]);
    assert.deepEqual(
      classes.map(({ id, name, key }) => [id, name, key]),
      [
        [1, 'road', '1'],
        [2, 'sky', '2'],
        [0, 'background', undefined],
      ],
    );
    assert.equal(classes[0]?.colour, '#80408a');
    assert.match(classes[1]?.colour ?? '', /^#[0-9a-f]{6}$/);
  });

  test('form a file without problems, of an example as of more names than there are ids', () => {
    const many = Array.from({ length: 400 }, (_, at) => ({ name: `class ${at}` }));
    for (const names of [exampleClasses, many]) {
      const read = parseClassFile(formatClassFile({ classes: classesNamed(names) }));
      assert.ok('list' in read, JSON.stringify(read));
      assert.equal(read.list.classes.length, Math.min(255, names.length + 1));
    }
  });

  test('leave out sidecars that cannot be read', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'labelless-names-'));
    writeFileSync(path.join(folder, 'a.mask.json'), '{');
    assert.deepEqual(await namesInFolder(folder), []);
    assert.deepEqual(await namesInFolder(path.join(folder, 'none')), []);
    rmSync(folder, { recursive: true });
  });
});
