import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settingsSchema } from '../../../../protocol/settings';
import { openRequest, type BatchRequest } from './batchRequest';
import { PhotoFolder } from './testing/photoFolder';

suite('What a mask is written for', () => {
  let photos: PhotoFolder;

  setup(async () => {
    photos = new PhotoFolder(await mkdtemp(path.join(tmpdir(), 'labelless request-')));
    for (const name of ['a.png', 'b.png']) await photos.photo(name);
  });
  teardown(() => rm(photos.folder, { recursive: true }));

  /** The digest for an image of the folder, with changes of a usual request. */
  const digest = async (changes: Partial<BatchRequest> = {}, settings: object = {}) => {
    const usual = { formats: ['mask'], regions: undefined, references: [], scribbles: undefined } as const;
    const requestFor = await openRequest({ ...usual, settings: settingsSchema.parse(settings), ...changes });
    return (await requestFor(photos.at('a.png'))).settings;
  };
  const classFile = (name: string) => {
    writeFileSync(
      photos.at('labelless.classes.json'),
      JSON.stringify({ classes: [{ id: 1, name, colour: '#804000' }] }),
    );
  };

  test('does not depend on what bytes do not follow from', async () => {
    const first = await digest();
    assert.match(first, /^[0-9a-f]{64}$/);
    classFile('road');
    assert.equal(
      await digest({}, { labels: ['road'], limits: { megapixels: 5 }, editor: { singleKeys: false } }),
      first,
    );
    assert.equal(await digest({}, { superpixel: { iterations: 5 } }), first, 'of another method');
    assert.notEqual(await digest({}, { clustering: { iterations: 5 } }), first);
    assert.notEqual(await digest({}, { image: { page: 2 } }), first);
    assert.notEqual(await digest({}, { limits: { memory: 500 } }), first);
  });

  test('depends on the class list where classes have names or numbers', async () => {
    const usual = () =>
      Promise.all([digest({ formats: ['mask', 'yolo'] }), digest({}, { output: { values: 'classes' } })]);
    const without = await usual();
    classFile('road');
    const roads = await usual();
    classFile('path');
    const paths = await usual();
    for (const [index, value] of without.entries())
      assert.equal(new Set([value, roads[index], paths[index]]).size, 3, `request ${index}`);
  });

  test('depends on the files of a network, of scribbles and of references', async () => {
    const run = photos.at('run');
    mkdirSync(run);
    const adapted = { method: 'adapted', adaptation: { checkpoint: run } };
    const nothing = await digest({}, adapted);
    writeFileSync(path.join(run, 'classes.json'), '[]');
    assert.notEqual(await digest({}, adapted), nothing);
    const scribbles = photos.at('scribbles.png');
    writeFileSync(scribbles, 'one');
    const scribbled = await digest({ scribbles });
    writeFileSync(scribbles, 'two');
    assert.notEqual(await digest({ scribbles }), scribbled);
    const references = [{ file: photos.at('b.png'), masks: [photos.at('b.mask.png')] }];
    const bare = await digest({ references });
    photos.mask('b.png', { status: 'proposed' });
    assert.equal(await digest({ references }), bare, 'a batch may segment its own references');
    photos.mask('b.png', { status: 'edited' });
    assert.notEqual(await digest({ references }), bare);
  });
});
