import assert from 'node:assert/strict';
import { neutralDisplay, readDisplay, type PictureDisplay } from '../../../protocol/pictureDisplay';
import { localContrast, localValue, type GreyImage } from './localContrast';
import reference from './localContrast.reference.json';
import { applyTones, toneCurve, tonesOf } from './tones';

const display = (changes: Partial<PictureDisplay>): PictureDisplay => ({ ...neutralDisplay, ...changes });
const area = { x: 0, y: 0, width: 2, height: 1 };

/** The image of localContrast.reference.py. */
function referenceImage(width: number, height: number): GreyImage {
  const values = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const tiles = 12 * ((Math.floor(x / 70) + Math.floor(y / 50)) % 3);
    return 60 + Math.floor(x / 32) + tiles + ((x * y) % 11) + (x > 1200 && y > 500 ? 60 : 0);
  });
  return { width, height, values };
}

/** The colours on the screen of two pixels. */
function shown(changes: Partial<PictureDisplay>, ...pixels: number[]): number[] {
  const data = Uint8ClampedArray.from(pixels);
  applyTones(data, area, area, tonesOf(display(changes), null)!);
  return [...data];
}

suite('the display of a picture', () => {
  const image = referenceImage(reference.width, reference.height);
  for (const { limit, values } of reference.results) {
    test(`local contrast of limit ${limit} is OpenCV's CLAHE within a level`, () => {
      const { width, height, step } = reference;
      const local = localContrast(image, limit);
      const apart = values.map((expected, index) => {
        const at = index * step;
        // OpenCV takes a pixel's corner for its place.
        const found = localValue(local, image.values[at]!, (at % width) / width, Math.floor(at / width) / height);
        return Math.abs(Math.round(found) - expected);
      });
      assert.ok(Math.max(...apart) <= 1, `${Math.max(...apart)} levels apart`);
    });
  }

  test('local contrast of a picture smaller than a tile, and of one colour, is defined', () => {
    const local = localContrast({ width: 3, height: 2, values: new Uint8Array(6).fill(128) }, 4);
    assert.deepEqual([local.columns, local.rows], [1, 1]);
    assert.ok(Math.abs(localValue(local, 128, 0.5, 0.5) - 128) <= 4, 'one colour hardly changes');
  });

  test('curves: neutral is the identity, gamma keeps black and white, brightness and contrast clip', () => {
    assert.deepEqual([...toneCurve(neutralDisplay)], [...Array(256).keys()]);
    const lighter = toneCurve(display({ gamma: 2 }));
    assert.deepEqual([lighter[0], lighter[64], lighter[255]], [0, 128, 255]);
    const brighter = toneCurve(display({ brightness: 20 }));
    assert.deepEqual([brighter[0], brighter[100], brighter[250]], [51, 151, 255]);
    assert.ok(toneCurve(display({ contrast: -100 })).every(value => value === 128));
    const steep = toneCurve(display({ contrast: 100 }));
    assert.deepEqual([steep[120], steep[135]], [0, 255]);
  });

  test('one channel is shown as grey; transparency stays, and what is transparent is left alone', () => {
    const pixels = [200, 100, 50, 255, 10, 20, 30, 128];
    assert.deepEqual(shown({ channel: 'green' }, ...pixels), [100, 100, 100, 255, 20, 20, 20, 128]);
    assert.deepEqual(shown({ channel: 'luminance' }, ...pixels).slice(0, 3), [118, 118, 118]);
    assert.deepEqual(shown({ brightness: 100 }, 1, 2, 3, 0, 1, 2, 3, 255), [1, 2, 3, 0, 255, 255, 255, 255]);
  });

  test('a neutral display has no tones; what is not valid in a saved one is neutral', () => {
    assert.equal(tonesOf(neutralDisplay, null), null);
    assert.deepEqual(readDisplay(undefined), neutralDisplay);
    assert.deepEqual(
      readDisplay({ brightness: 200, contrast: '5', gamma: NaN, local: 40, channel: 'infrared' }),
      display({ local: 40 }),
    );
  });
});
