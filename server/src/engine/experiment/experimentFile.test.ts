import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readClassList } from '../dataset/evaluationFiles';
import { readExperimentFile } from './experimentFile';

const text = '{"source": {"root": "day"}, "target": {"images": "dusk"}, "classes": "camvid11"}';
const utf16 = (content: string) => Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(content, 'utf16le')]);

suite('experiment files and lists of classes as people write them', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  setup(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'labelless-experiment-'));
  });
  teardown(() => rm(folder, { recursive: true, force: true }));

  test('a byte-order mark, comments and trailing commas are read alike', async () => {
    const forms = [text, `\uFEFF${text}`, `// June\n${text}`, `${text.slice(0, -1)},} /* done */`];
    for (const [number, form] of forms.entries()) {
      const file = at(`${number}.adapt.json`);
      await writeFile(file, form);
      const { experiment } = await readExperimentFile(file);
      assert.deepEqual([experiment.source.root, experiment.classes], ['day', 'camvid11']);
      assert.equal((await readClassList(file)).definitions.length, 11);
    }
    await writeFile(at('names.json'), '\uFEFF["road", "café", /* none */ "void",]');
    const { definitions, ignored } = await readClassList(at('names.json'));
    assert.deepEqual(
      definitions.map(({ name, values }) => [name, values]),
      [
        ['road', [0]],
        ['café', [1]],
      ],
    );
    assert.deepEqual([...ignored], [255, 2]);
  });

  test('text that is not UTF-8, what is no file, too large or too deep, is refused by name', async () => {
    const cases: [string, string | Uint8Array, RegExp][] = [
      ['16.adapt.json', utf16(text), /16\.adapt\.json: its text is UTF-16; save it as UTF-8/],
      ['latin.adapt.json', Buffer.from('{"source": {"root": "tag\xe9"}}', 'latin1'), /its text is not UTF-8/],
      ['cut.adapt.json', text.slice(0, -1), /cut\.adapt\.json: it is no JSON: .* in line 1/],
      ['deep.adapt.json', '['.repeat(30_000), /nested more than 100 levels/],
      ['large.adapt.json', ' '.repeat(11e6), /MB are above the limit/],
    ];
    for (const [name, content, reason] of cases) {
      await writeFile(at(name), content);
      await assert.rejects(readExperimentFile(at(name)), reason);
      await assert.rejects(readClassList(at(name)), reason);
    }
    await assert.rejects(readExperimentFile(folder), /it is a folder, not a file/);
    await assert.rejects(readExperimentFile('/dev/zero'), /it is a device or a socket, not a file/);
    await assert.rejects(readExperimentFile(at('none.adapt.json')), /none\.adapt\.json: there is no such file/);
  });

  test('what is wrong is said by its key', async () => {
    await writeFile(at('a.adapt.json'), '{"source": {"root": 1, "layuot": "coco"}, "classes": "camvid"}');
    await assert.rejects(readExperimentFile(at('a.adapt.json')), {
      message:
        'a.adapt.json: source.root: it is not a text\na.adapt.json: there is no setting source.layuot\n' +
        'a.adapt.json: classes: it is not one of cityscapes19, camvid11',
    });
    await writeFile(at('one.json'), '["road"]');
    await assert.rejects(readClassList(at('one.json')), /one\.json: it has to be at least 2 entries long; classes are/);
  });
});
