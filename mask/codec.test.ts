import assert from 'node:assert/strict';
import { zlibSync } from 'fflate';
import { inflateSync } from 'node:zlib';
import { decodeHierarchy, decodeRegions, encodeHierarchy, encodeRegions, inflate } from './codec';
import { randomHierarchy, randomRegions, seeded } from './testing';

const regions = randomRegions(seeded(1), 50, 40, 300);
const hierarchy = randomHierarchy(seeded(2), regions);
const zeros = (bytes: number) => Buffer.from(zlibSync(new Uint8Array(bytes))).toString('base64');

suite('Encoding', () => {
  test('brings region maps and hierarchies back as they were', () => {
    assert.deepEqual(decodeRegions(encodeRegions(regions)), regions);
    assert.deepEqual(decodeHierarchy(encodeHierarchy(hierarchy)), hierarchy);
    const tiny = { width: 1, height: 1, count: 1, ids: Uint16Array.of(0) };
    assert.deepEqual(decodeRegions(encodeRegions(tiny)), tiny);
    const single = { count: 1, left: new Uint32Array(), right: new Uint32Array(), levels: new Float32Array() };
    assert.deepEqual(decodeHierarchy(encodeHierarchy(single)), single);
  });

  test('is zlib over little-endian integers, of views into larger buffers too', () => {
    const ids = new Uint16Array(10).subarray(3, 6);
    ids.set([1, 0x0203, 0]);
    const { ids: text } = encodeRegions({ width: 3, height: 1, count: 600, ids });
    assert.deepEqual([...inflateSync(Buffer.from(text, 'base64'))], [1, 0, 3, 2, 0, 0]);
  });

  test('refuses what does not fit its sizes', () => {
    const sound = encodeRegions(regions);
    assert.throws(() => decodeRegions({ ...sound, width: 51 }), /fewer bytes/);
    assert.throws(() => decodeRegions({ ...sound, width: 49 }), /more bytes/);
    assert.throws(() => decodeRegions({ ...sound, count: 299 }), /names region 299/);
    assert.throws(() => decodeRegions({ ...sound, count: 70000 }), /65535/);
    assert.throws(() => decodeRegions({ ...sound, width: 1e6, height: 1e6 }), /beyond the limit/);
    assert.throws(() => decodeRegions({ ...sound, width: -50, height: -40 }), /not possible/);
    assert.throws(() => decodeRegions({ ...sound, width: NaN }), /beyond the limit/);
    assert.throws(() => decodeRegions({ ...sound, ids: 'not base64!' }), /damaged/);
    assert.throws(() => decodeRegions({ ...sound, ids: '' }), /fewer/);
    assert.throws(() => decodeRegions({ ...sound, ids: sound.ids.slice(0, sound.ids.length >> 1) }), /damaged|fewer/);
    assert.throws(() => decodeHierarchy({ ...encodeHierarchy(hierarchy), left: zeros(4) }), /fewer bytes/);
    assert.throws(() => decodeHierarchy({ ...encodeHierarchy(hierarchy), left: zeros(4 * 299) }), /second time/);
    assert.throws(() => decodeHierarchy({ ...encodeHierarchy(hierarchy), count: 4e9 }), /65535/);
  });

  test('stops inflating where it gets too much', () => {
    const bomb = zlibSync(new Uint8Array(20e6));
    assert.throws(() => inflate(bomb, 19e6), /more bytes than the 19000000 /);
    bomb.fill(0xff, bomb.length >> 1); // whoever reads to the end finds damage
    assert.throws(() => inflate(bomb, 20e6), /damaged/);
    for (const length of [0, 1000, 1e6])
      assert.throws(() => inflate(bomb, length), new RegExp(`more bytes than the ${length} `));
  });
});
