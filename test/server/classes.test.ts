import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { ChangeClassRequest, ReadClassesRequest, type ChangeClassParams } from '../../protocol/classMessages';
import { classesText, writeClassedMask } from '../../server/src/engine/classes/testing/classedFolder';
import { Folder } from './pictureFolder';
import { TestClient } from './testClient';

suite('Classes of a folder', function () {
  let folder: Folder;
  let client: TestClient;

  setup(async () => {
    folder = new Folder();
    client = await TestClient.start();
    writeFileSync(folder.file('labelless.classes.json'), classesText);
    writeClassedMask(folder.file('a.png'), [1, 4]);
    writeClassedMask(folder.file('b.png'), [4, 4]);
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  const change = (wanted: ChangeClassParams['change'], dryRun = false) =>
    client.connection.sendRequest(ChangeClassRequest, { folder: folder.uri(), change: wanted, dryRun });

  test('are changed in all masks or none, and taken back', async () => {
    const before = readFileSync(folder.file('b.mask.json'));
    const told = await change({ kind: 'merge', id: 4, into: 1 }, true);
    assert.deepEqual([told.done, told.masks, told.labels], [false, ['a.mask.png', 'b.mask.png'], 3]);
    assert.deepEqual(readFileSync(folder.file('b.mask.json')), before);
    assert.equal((await change({ kind: 'merge', id: 4, into: 1 })).done, true);
    assert.doesNotMatch(readFileSync(folder.file('b.mask.json'), 'utf8'), /"class": 4/);
    assert.equal((await change({ kind: 'takeBack' })).done, true);
    assert.deepEqual(readFileSync(folder.file('b.mask.json')), before);
    await assert.rejects(change({ kind: 'remove', id: 77 }), /labelless\.classes\.json: the list has no class 77/);
    await assert.rejects(change({ kind: 'remove', id: 700 }), /params: change/);
  });

  test('that masks have and the list lacks are told when the file is opened', async () => {
    const text = classesText.replace(/.*"car".*\n/, '');
    const uri = folder.uri('labelless.classes.json');
    const shown = new Promise<string[]>(resolve => {
      client.connection.onNotification(
        'textDocument/publishDiagnostics',
        ({ diagnostics }: { diagnostics: { message: string }[] }) => {
          if (diagnostics.length > 0) resolve(diagnostics.map(({ message }) => message));
        },
      );
    });
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'json', version: 1, text },
    });
    assert.deepEqual(await shown, [
      'This list lacks class 4, ‘car’ at the last save, of which masks have labels: a.mask.png, b.mask.png.',
    ]);
  });

  test('are read from lists of other programs, and of published data sets', async () => {
    const read = (source: { file: string } | { published: 'camvid' }) =>
      client.connection.sendRequest(ReadClassesRequest, { source });
    const camvid = await read({ published: 'camvid' });
    assert.deepEqual([camvid.classes.length, camvid.classes[8]?.name, camvid.remarks], [11, 'Car', []]);
    writeFileSync(folder.file('labels.txt'), '_background_\n../x\n=1+1\n=1+1\n');
    const { classes, remarks } = await read({ file: folder.uri('labels.txt') });
    assert.deepEqual(
      classes.map(({ id, name }) => [id, name]),
      [
        [0, '_background_'],
        [1, '../x'],
        [2, '=1+1'],
      ],
    );
    assert.match(remarks.join(), /A class named ‘=1\+1’ is left out/);
    await assert.rejects(read({ file: folder.uri('none.txt') }), /none\.txt: there is no such file/);
  });
});
