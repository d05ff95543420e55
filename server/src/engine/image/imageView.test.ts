import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { usualView, type ImageView } from '../../../../mask/document/imageView';
import { parseRange } from '../../../../mask/document/rangeChoice';
import references from './imageView.reference.json';
import { loadImage, type LoadedImage } from './loadImage';
import { readImageHeader } from './imageHeader';

const limits = { megapixels: 1, fileSize: 1 };
const width = 20;
/** A value of the file `bands` of the reference. */
const bandValue = (x: number, y: number, band: number) => 100 * band + 37 * x + 11 * y * (band + 1);

suite('the view of an image file', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless view-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return file;
  }
  async function load(name: keyof typeof references, view: Partial<ImageView>): Promise<LoadedImage> {
    const file = await fileOf(`${name}.tif`, Buffer.from(references[name].tiff, 'base64'));
    return loadImage(file, limits, { view: { ...usualView, ...view } });
  }
  const refused = (name: keyof typeof references, view: Partial<ImageView>, reason: RegExp) =>
    assert.rejects(load(name, view), reason);

  test('percentiles are NumPy’s, of the bands that are shown, without what is no number', async () => {
    for (const name of ['bands', 'planes', 'grey', 'special'] as const) {
      const view = name === 'bands' || name === 'planes' ? { bands: [4, 3, 2] } : {};
      const [low, two, middle, high] = references[name].percentiles;
      const outer = (await load(name, { ...view, range: '0.5%..99.5%' })).range!;
      const inner = (await load(name, { ...view, range: '2%..50%' })).range!;
      const found = [outer.low, inner.low, inner.high, outer.high];
      // Where 1e38 is one of two values, NumPy's own rounding is all there is to compare.
      for (const [at, expected] of [low, two, middle, high].entries())
        assert.ok(Math.abs(found[at] - expected) <= 1e-9 * Math.abs(expected), `${name}: ${found[at]} for ${expected}`);
    }
  });

  test('chosen bands are red, green and blue, in their order, from both layouts of a file', async () => {
    for (const name of ['bands', 'planes'] as const) {
      const { picture, notes } = await load(name, { bands: [6, 1, 1], range: '100..1000' });
      const byte = (value: number) => Math.round(Math.min(255, Math.max(0, ((value - 100) * 255) / 900)));
      for (const [x, y] of [
        [0, 0],
        [7, 3],
        [19, 6],
      ]) {
        const at = 3 * (y * width + x);
        const expected = [5, 0, 0].map(band => byte(bandValue(x, y, band)));
        assert.deepEqual([...picture.rgb.subarray(at, at + 3)], expected);
      }
      assert.match(
        notes.join(),
        /from 100 \(black\) to 1000 \(white\), the range 100\.\.1000 of labelless\.image\.range/,
      );
      const single = await load(name, { bands: [5], range: '0..1000' });
      const value = Math.round((bandValue(7, 3, 4) * 255) / 1000);
      assert.deepEqual([...single.picture.rgb.subarray(3 * 67, 3 * 67 + 3)], [value, value, value]);
    }
  });

  test('a page has a size of its own, in its header too', async () => {
    const { picture, header, range, notes, view } = await load('pages', { page: 2, range: '0%..100%' });
    assert.deepEqual([picture.width, picture.height, header.width, header.height], [9, 5, 9, 5]);
    assert.deepEqual([range!.low, range!.high], [1007, 1007 + 3 * 8 * 4]);
    assert.match(notes.join(), /page 2 of its 3 pages is used/);
    assert.deepEqual(view, { page: 2, range: '0%..100%', bands: [] });
    const third = await load('pages', { page: 3, range: '2000..2100' });
    assert.equal(third.picture.rgb[3 * (width + 2)], Math.round((12 * 255) / 100));
    assert.equal((await readImageHeader(path.join(folder, 'pages.tif'), limits, 2)).width, 9);
  });

  test('pages of 8 bits are the image library’s', async () => {
    const pages = await Promise.all(
      ['#ff0000', '#00ff00'].map(background =>
        sharp({ create: { width: 4, height: 3, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const file = await fileOf(
      'a.tif',
      await sharp(pages, { join: { animated: true } })
        .tiff({ compression: 'lzw' })
        .toBuffer(),
    );
    const { picture } = await loadImage(file, limits, { view: { ...usualView, page: 2 } });
    assert.deepEqual([...picture.rgb.subarray(0, 3)], [0, 255, 0]);
    assert.equal((await loadImage(file, limits)).view, undefined);
  });

  test('a band or a page that there is not is refused, with the setting that asks for it', async () => {
    await refused(
      'bands',
      { bands: [7, 1, 2] },
      /bands\.tif: it has 6 bands, and no band 7; .*labelless\.image\.bands/,
    );
    await refused('grey', { bands: [2] }, /it has one band, and no band 2/);
    await refused('pages', { page: 4 }, /it has 3 pages, and no page 4; .*labelless\.image\.page/);
    await refused('grey', { page: 2 }, /it has one page, and no page 2/);
    const palette = await sharp({ create: { width: 4, height: 3, channels: 3, background: '#336699' } })
      .tiff({ compression: 'jpeg' })
      .toBuffer();
    const file = await fileOf('ycc.tif', palette);
    await assert.rejects(
      loadImage(file, limits, { view: { ...usualView, bands: [1] } }),
      /stored as YCbCr, of which no bands/,
    );
    assert.ok(await loadImage(file, limits, { view: { ...usualView, range: '10..20' } }), 'a range is not for it');
  });

  test('infinite and huge values, and those that are no number', async () => {
    const { picture, notes } = await load('special', { range: '2..3' });
    assert.deepEqual(
      [0, 3, 6, 9].map(at => picture.rgb[at]),
      [255, 255, 0, 255],
    );
    assert.match(notes.join('; '), /1 of its pixels have no value/);
    const huge = await load('special', { range: '-1.7e308..1.7e308' });
    assert.equal(huge.picture.rgb[3 * 30], 128, 'the difference of the bounds is beyond all numbers');
  });

  test('an image of one value is shown as without a range', async () => {
    const data = new Uint16Array(12).fill(700);
    const file = await fileOf('flat.png', encode({ width: 4, height: 3, channels: 1, depth: 16, data }));
    for (const range of ['auto', '0%..100%', '0.5%..99.5%']) {
      const { picture } = await loadImage(file, limits, { view: { ...usualView, range } });
      assert.deepEqual([...new Set(picture.rgb)], [Math.floor(700 / 257)]);
    }
  });

  test('a PNG of 16 bits has a range; percentiles leave its transparency out', async () => {
    const data = Uint16Array.from({ length: 4 * 200 }, (_, at) => (at % 4 === 3 ? 65_535 : 1000 + Math.floor(at / 4)));
    const file = await fileOf('a.png', encode({ width: 20, height: 10, channels: 4, depth: 16, data }));
    const { picture, range } = await loadImage(file, limits, { view: { ...usualView, range: '10%..90%' } });
    assert.deepEqual(
      [range!.low, range!.high].map(value => Math.round(100 * value) / 100),
      [1019.9, 1179.1],
    );
    const shown = (index: number) => picture.rgb[3 * index];
    assert.deepEqual([shown(0), shown(199)], [0, 255], 'values beyond the range are clipped');
    assert.ok(Math.abs(shown(100) - ((1100 - 1019.9) / 159.2) * 255) <= 1);
    const byHand = await loadImage(file, limits, { view: { ...usualView, range: '1050..1150' } });
    assert.deepEqual(
      [0, 40, 100, 160].map(index => byHand.picture.rgb[3 * index]),
      [0, 0, 127, 255],
    );
  });

  test('ranges are two rising numbers or percentages', () => {
    assert.equal(parseRange('auto'), null);
    assert.deepEqual(parseRange('-1.5 .. 2e3'), { low: -1.5, high: 2000, percent: false });
    assert.deepEqual(parseRange('0.5%..99.5%'), { low: 0.5, high: 99.5, percent: true });
    for (const wrong of ['', '1..1', '5..2', '1%..2', '-1%..50%', '0%..101%', 'NaN..1', '1...2', '0..1e999', 'Auto'])
      assert.equal(parseRange(wrong), undefined, wrong);
  });
});
