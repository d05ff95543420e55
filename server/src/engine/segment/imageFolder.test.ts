import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';
import type { OutputFormat } from '../../../../protocol/names';
import { findInputs } from '../../cli/inputImages';
import { segmentTargets } from '../../handlers/segmentTargets';
import { ImageError } from '../image/imageError';
import { checkOutputNames, imagesIn } from './imageFolder';

suite('The images of a folder', () => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless folder-'));
    for (const name of ['photos/a', 'photos/__MACOSX', 'elsewhere']) await mkdir(at(name), { recursive: true });
    for (const name of [
      'photos/b.jpg',
      'photos/._b.jpg',
      'photos/a/c.JFIF',
      'photos/__MACOSX/b.jpg',
      'elsewhere/d.jpe',
    ])
      await writeFile(at(name), 'x');
  });
  teardown(() => rm(folder, { recursive: true }));

  test('are those that links lead to, too, each once, and folders in a circle end', async function () {
    if (process.platform === 'win32') this.skip();
    await symlink('b.jpg', at('photos/a-link.jpg'));
    await symlink('../elsewhere/d.jpe', at('photos/other.jpg'));
    await symlink('..', at('photos/a/up'));
    await symlink('../elsewhere', at('photos/linked'));
    assert.deepEqual(await imagesIn(at('photos')), ['b.jpg', 'other.jpg']);
    assert.deepEqual(await imagesIn(at('photos'), true), ['a/c.JFIF', 'b.jpg', 'linked/d.jpe']);
    const { images } = await findInputs({
      output: undefined,
      inputs: [at('photos'), at('photos/a-link.jpg')],
      recursive: false,
    });
    assert.deepEqual(
      images.map(({ file }) => path.basename(file)),
      ['b.jpg', 'other.jpg'],
    );
    const uri = (name: string) => URI.file(at(name)).toString();
    const targets = await segmentTargets([uri('photos'), uri('elsewhere/d.jpe')], 'write', []);
    assert.deepEqual(
      targets.map(target => path.basename(target.path)),
      ['b.jpg', 'other.jpg'],
    );
  });

  test('with a name that leaves no room for the output are refused by name before the work', () => {
    const check = (name: string, formats: OutputFormat[]) => () => {
      checkOutputNames(at(name), formats);
    };
    assert.throws(check(`${'é'.repeat(124)}.jpg`, ['mask']), (error: unknown) => {
      assert.ok(error instanceof ImageError);
      assert.match(error.reason, /its name is too long: the name of its mask would have 257 bytes/);
      return true;
    });
    check(`${'é'.repeat(123)}.jpg`, ['mask'])();
    assert.throws(check(`${'é'.repeat(123)}.jpg`, ['mask', 'overlay']), ImageError);
  });
});
