import assert from 'node:assert/strict';
import sharp from 'sharp';
import { isMarked } from '../replaceable';
import { drawFigure, type Figure } from './figure';

suite('The figure', () => {
  const plain = (width: number, height: number, colour: readonly [number, number, number]) => ({
    width,
    height,
    rgb: Uint8Array.from({ length: 3 * width * height }, (_, i) => colour[i % 3]),
  });
  /** Makes a mask whose left half is label 1, and whose right half is label 2. */
  const halves = (width: number, height: number) =>
    Uint16Array.from({ length: width * height }, (_, p) => (p % width < width / 2 ? 1 : 2));

  async function draw(changes: Partial<Figure> = {}) {
    const picture = plain(100, 50, [100, 150, 200]);
    const mask = {
      labels: halves(100, 50),
      colours: new Map([
        [1, '#ff0000'],
        [2, '#000000'],
      ]),
    };
    const figure: Figure = {
      columns: [{ title: 'Input' }, { title: 'Method 1', detail: 'x' }],
      rows: [[{ picture }, { picture, mask }]],
      legend: [{ name: 'car & bus', colour: '#ff0000' }],
      ...changes,
    };
    const png = await drawFigure(figure, 200);
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)];
    /** Counts the dark pixels in a part of the figure. */
    const ink = (left: number, top: number, right: number, bottom: number) => {
      let dark = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (Math.max(...at(x, y)) < 100) dark++;
      return dark;
    };
    return { png, at, ink, info };
  }

  test('puts pictures under their titles, masks over pictures, and names beside colours', async () => {
    const { png, at, ink, info } = await draw();
    assert.equal(info.width, 28 + 200 + 14 + 200 + 28);
    const top = 28 + 24 + 14;
    assert.deepEqual(at(28 + 100, top + 50), [100, 150, 200]);
    assert.deepEqual(at(28 + 200 + 14 + 50, top + 50), [193, 60, 80]); // 0.4 of the picture, 0.6 of red
    assert.deepEqual(at(28 + 200 + 14 + 150, top + 50), [40, 60, 80]);
    assert.ok(ink(28, 20, 228, top - 4) > 50, 'a title over the first column');
    assert.ok(ink(242, 20, 442, top - 4) > ink(28, 20, 228, top - 4), 'a longer one over the second');
    const legend = info.height - 28 - 15;
    const red = Array.from({ length: info.width }, (_, x) => at(x, legend)).filter(
      ([r, g, b]) => r === 255 && g === 0 && b === 0,
    ).length;
    assert.equal(red, 18);
    assert.ok(ink(28, legend - 12, info.width - 28, legend + 12) > 50, 'a name');
    assert.equal(await isMarked(png, 'figure'), true);
    assert.equal(
      await isMarked(
        await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
          .png()
          .toBuffer(),
        'figure',
      ),
      false,
    );
  });

  test("a row of each image has that image's proportions; many rows, long names and many classes fit", async () => {
    const one = await draw();
    const tall = { picture: plain(20, 40, [1, 2, 3]) };
    const rows = Array.from({ length: 90 }, () => [tall, tall]);
    const { info, at } = await draw({
      rows,
      columns: [{ title: 'M'.repeat(100) }, { title: '' }],
      legend: Array.from({ length: 60 }, (_, i) => ({ name: `class <${i}>`, colour: '#123456' })),
    });
    assert.equal(info.width, one.info.width);
    assert.ok(info.height > 90 * 400);
    assert.deepEqual(at(128, 66 + 89 * 414 + 200), [1, 2, 3]);
    assert.deepEqual(at(235, 44), [255, 255, 255], 'the long title is cut off at its column');
  });
});
