import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { zlibSync } from 'fflate';
import { MaskDocument } from '../document/maskDocument';
import { stateFromSegmentation, stateOverLocked } from '../document/segmentation';
import {
  below,
  edit,
  randomHierarchy,
  randomRegions,
  randomResult,
  seeded,
  setGranularity,
} from '../testing/randomMasks';
import { decodeHierarchy, decodeRegions, encodeHierarchy, encodeRegions, inflate } from './codec';
import { encodeMaskPng } from './indexedPng';
import { encodeMask, fromBackup, openMask, stateFromLabels, toBackup } from './maskFiles';
import * as z from 'zod';
import { readSidecar, sidecarSchema } from './sidecar';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const context = { image: { name: 'photo “1”.jpg', sha256: '0'.repeat(64) }, version: '0.1.0', sha256 };

/** A document after a run, some edits, and a second run over locked labels. */
function edited(seed: number, width = 30, height = 20, count = 40): MaskDocument {
  const random = seeded(seed);
  const document = new MaskDocument(stateFromSegmentation(randomResult(random, width, height, count)));
  for (let step = 0; step < 10; step++) {
    setGranularity(document, random());
    const { length } = document.view().labels;
    for (const request of [
      { kind: 'rename', value: 1 + below(random, length), name: `name ${step}` },
      { kind: 'recolour', value: 1 + below(random, length), colour: '#abcdef' },
      { kind: 'lock', values: [1 + below(random, length)], locked: true },
    ])
      edit(document, request);
    if (step === 5) document.take(stateOverLocked(document, randomResult(random, width, height, count)));
  }
  return document;
}

suite('Saving and opening a mask', () => {
  for (const [width, height, count] of [
    [30, 20, 40],
    [1, 1, 1],
    [1, 5000, 60],
    [70, 60, 700],
  ]) {
    test(`of ${width}×${height} pixels and ${count} regions gives the same document and the same bytes again`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const document = edited(seed, width, height, count);
        const files = encodeMask(document, context);
        const opened = openMask(files.png, files.sidecar);
        assert.deepEqual(opened.messages, []);
        assert.deepEqual(opened.image, context.image);
        assert.deepEqual(opened.document.view(), document.view());
        const again = encodeMask(opened.document, context);
        assert.equal(again.sidecar, files.sidecar);
        assert.deepEqual(again.png, files.png);
        for (const granularity of [0, 0.4, 1]) {
          for (const one of [document, opened.document]) setGranularity(one, granularity);
          assert.deepEqual(opened.document.view(), document.view());
        }
      }
    });
  }

  test('writes what the contract names into the sidecar', () => {
    const { png, sidecar } = encodeMask(edited(1), context);
    const content = JSON.parse(sidecar) as Record<string, unknown>;
    assert.equal(content.version, 1);
    assert.deepEqual(content.program, { name: 'labelless', version: '0.1.0' });
    assert.deepEqual(content.mask, { sha256: sha256(png) });
    const { method, parameters, seed, backend } = content.run as Record<string, unknown>;
    assert.deepEqual([method, parameters, seed, backend], ['clustering', { channels: 24 }, 7, 'cpu']);
  });

  test('without a sidecar works too, without slider, and says so', () => {
    const document = edited(2);
    const { png } = encodeMask(document, context);
    const opened = openMask(png);
    assert.match(opened.messages.join(), /no sidecar/);
    assert.equal(opened.document.state.hierarchy, null);
    assert.deepEqual(opened.document.labelMap(), document.labelMap());
    assert.deepEqual(
      opened.document.view().labels.map(label => label.colour),
      document.view().labels.map(label => label.colour),
    );
    assert.throws(() => edit(opened.document, { kind: 'granularity', granularity: 0.5 }), /no hierarchy/);
    assert.deepEqual(encodeMask(opened.document, context).png, png);
  });

  test('ignores a sidecar that is damaged or does not fit, with the reason', () => {
    const { png, sidecar } = encodeMask(edited(3), context);
    const other = encodeMask(edited(4), context),
      larger = encodeMask(edited(5, 31), context);
    const content = JSON.parse(sidecar) as Record<string, unknown>;
    const changed = (change: object) => JSON.stringify({ ...content, ...change });
    const cases: [string, RegExp][] = [
      ['', /no JSON: value is missing in line 1/],
      ['{', /no JSON/],
      [
        sidecar.replace(/^ "granularity.*$/m, '<<<<<<< HEAD\n$&\n=======\n$&\n>>>>>>> other'),
        /marks of a merge conflict in line/,
      ],
      ['null', /not a Labelless sidecar/],
      ['[]', /not a Labelless sidecar/],
      [changed({ version: 2 }), /of version 2/],
      [changed({ granularity: 7 }), /granularity/],
      [changed({ labels: 'many' }), /labels/],
      [changed({ labels: [{ region: 60000 }] }), /Region 60000 is named/],
      [
        changed({
          pins: [
            [0, 1],
            [1, 0],
          ],
        }),
        /pinned to a pinned/,
      ],
      [changed({ pins: [[0, -1]] }), /the mask was changed/],
      [changed({ colours: 'AAAA' }), /damaged/],
      [changed({ regions: { width: 30, height: 20, count: 3, ids: 'AAAA' } }), /damaged/],
      [changed({ hierarchy: { count: 70000, left: '', right: '', levels: '' } }), /hierarchy/],
      [other.sidecar, /the mask was changed/],
      [larger.sidecar, /another size/],
    ];
    for (const [text, reason] of cases) {
      const opened = openMask(png, text);
      assert.match(opened.messages.join(), reason);
      assert.equal(opened.document.state.hierarchy, null);
    }
  });

  test('reads a sidecar with a byte-order mark, with comments and trailing commas', () => {
    const document = edited(3);
    const { png, sidecar } = encodeMask(document, context);
    const commented = sidecar.replace('{', '{ // by hand').replace(/\n\}\n$/, ',\n}\n');
    for (const text of [`\uFEFF${sidecar}`, commented, new TextEncoder().encode(`\uFEFF${sidecar}`)]) {
      const opened = openMask(png, text);
      assert.deepEqual(opened.messages, []);
      assert.deepEqual(opened.document.view(), document.view());
    }
  });

  test('keeps the values and colours of a mask from elsewhere through edits and saving', () => {
    const labels = Uint16Array.of(0, 7, 7, 255, 3, 0);
    const png = encodeMaskPng(
      { width: 3, height: 2, labels },
      Array.from({ length: 255 }, (_, i) => (i === 6 ? '#112233' : '#445566')),
    );
    const { document } = openMask(png);
    assert.deepEqual(
      document.view().labels.map(({ value, area }) => [value, area]),
      [
        [3, 1],
        [7, 2],
        [255, 1],
      ],
    );
    assert.equal(document.view().labels[1].colour, '#112233');
    edit(document, { kind: 'rename', value: 7, name: 'car' });
    const files = encodeMask(document, context);
    const again = openMask(files.png, files.sidecar);
    assert.deepEqual(again.messages, []);
    assert.deepEqual(again.document.labelMap(), labels);
    assert.equal(again.document.view().labels[1].name, 'car');
    assert.deepEqual(encodeMask(again.document, context), files);
  });

  test('opens a mask that is all background, and refuses one with more labels than there can be regions', () => {
    const empty = openMask(encodeMaskPng({ width: 2, height: 2, labels: new Uint16Array(4) }, []));
    assert.deepEqual(empty.document.view().labels, []);
    const labels = Uint16Array.from({ length: 70000 }, (_, p) => p);
    assert.throws(
      () => stateFromLabels({ width: 700, height: 100, labels, palette: null }),
      /65536 regions are more than the 65535/,
    );
  });
});

suite('Backups', () => {
  test('bring the document back', () => {
    const document = edited(6);
    const restored = fromBackup(toBackup(document));
    assert.deepEqual(restored.view(), document.view());
    assert.deepEqual(encodeMask(restored, context), encodeMask(document, context));
  });

  test('that are damaged are refused', () => {
    const bytes = toBackup(edited(7));
    for (const broken of [new Uint8Array(), bytes.subarray(0, 100), new TextEncoder().encode('{}')]) {
      assert.throws(() => fromBackup(broken), /The backup of a mask cannot be read/);
    }
  });
});

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
    bomb.fill(0xff, bomb.length >> 1); // a reader that goes to the end finds damage
    assert.throws(() => inflate(bomb, 20e6), /damaged/);
    for (const length of [0, 1000, 1e6])
      assert.throws(() => inflate(bomb, length), new RegExp(`more bytes than the ${length} `));
  });
});

suite('The sidecar', () => {
  test('has a schema file that is up to date (UPDATE_SCHEMA=1 writes it)', () => {
    const file = path.join(process.cwd(), 'mask', 'files', 'sidecar.schema.json');
    const expected = `${JSON.stringify(z.toJSONSchema(sidecarSchema, { io: 'input' }), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, expected);
    assert.equal(readFileSync(file, 'utf8'), expected);
  });

  test('never throws, whatever it holds', () => {
    for (const text of [
      '',
      '{',
      '0',
      '"x"',
      '[[[',
      '{"version":1}',
      '{"version":"1"}',
      '{"version":99}',
      '{"__proto__":{"version":1}}',
      '\u0000',
    ]) {
      assert.ok('ignored' in readSidecar(text), text);
    }
  });
});
