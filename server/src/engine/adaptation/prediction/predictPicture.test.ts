import assert from 'node:assert/strict';
import { denormalisedPicture } from '../../dataset/streaming/imageNormalisation';
import type { TensorValue } from '../../graph/core/operation';
import type { Picture, Size } from '../../image/picture';
import { paint } from '../../pixels/testing/pictures';
import type { Model } from './model';
import { predictPicture, type Predictor } from './predictPicture';
import { ProbabilityGrid } from './probabilityGrid';
import { smallestTile, tilePlan } from './tilePlan';

/** A network of two classes: the probability of the second is made of the red of the pixels around. */
function network(radius: number, red: (picture: Picture, x: number, y: number) => number) {
  const sizes: Size[] = [];
  const modelFor = ({ width, height }: Size): Promise<Model> =>
    Promise.resolve({
      predict: (image: TensorValue) => {
        sizes.push({ width, height });
        const picture = denormalisedPicture(image);
        assert.deepEqual([picture.width, picture.height], [width, height]);
        const data = new Float32Array(2 * width * height);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let sum = 0;
            for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
              for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++)
                sum += red(picture, u, v);
            const share = sum / (255 * (2 * radius + 1) ** 2);
            data[y * width + x] = 1 - share;
            data[(height + y) * width + x] = share;
          }
        return Promise.resolve({ probabilities: { shape: [1, 2, height, width], data } });
      },
      load: () => Promise.resolve(),
      dispose: () => Promise.resolve(),
    });
  const predictor: Predictor = { classes: 2, trained: [64, 48], mostPixels: 1e6, mostGridPixels: 1e6, modelFor };
  return { predictor, sizes };
}

const red = ({ rgb, width }: Picture, x: number, y: number) => rgb[3 * (y * width + x)];
const one = { scales: [1], mirror: false };

suite('The prediction of a picture', () => {
  test('is the mean over sizes and mirror images on the grid of the largest size', async () => {
    // Red grows to the right; the network sees the column's number where it sees the picture as it is.
    const picture = paint(64, 48, x => [4 * x, 0, 0]);
    const { predictor, sizes } = network(0, ({ width }, x) => (255 * x) / width);
    const { probabilities, predictions, runs } = await predictPicture(
      picture,
      { scales: [0.5, 1, 2], mirror: true },
      predictor,
    );
    assert.deepEqual([predictions, runs], [6, 6]);
    assert.deepEqual(
      sizes.filter((_, index) => index % 2 === 0),
      [
        { width: 32, height: 24 },
        { width: 64, height: 48 },
        { width: 128, height: 96 },
      ],
    );
    assert.deepEqual(probabilities.shape, [1, 2, 96, 128]);
    // At a size w the mean of a column x and its mirror image is ((x + (w − 1 − x)) / 2) / w, everywhere.
    const expected = [32, 64, 128].reduce((sum, w) => sum + (w - 1) / (2 * w), 0) / 3;
    const second = probabilities.data.slice(96 * 128);
    assert.ok(second.every(value => Math.abs(value - expected) < 1e-5));
    assert.ok(second.every((value, p) => Math.abs(value + probabilities.data[p] - 1) < 1e-5));
  });

  test('mirrors the prediction of a mirrored picture back', async () => {
    const picture = paint(64, 48, (x, y) => [(x * 37 + y * 11) % 256, 0, 0]);
    const { predictor } = network(1, red);
    const plain = await predictPicture(picture, one, predictor);
    const both = await predictPicture(picture, { scales: [1], mirror: true }, predictor);
    assert.ok(plain.probabilities.data.every((value, p) => Math.abs(value - both.probabilities.data[p]) < 1e-6));
  });

  test('in tiles is the one of the whole, but near the edges of tiles, where it differs by the falling weight', async () => {
    const picture = paint(64 * 8, 48 * 8, (x, y) => [(x * 7 + y * 5 + ((x * y) >> 4)) % 256, 0, 0]);
    const radius = 3;
    const whole = network(radius, red);
    const expected = await predictPicture(picture, { scales: [8], mirror: true }, whole.predictor);
    const tiled = network(radius, red);
    const { probabilities, predictions, runs } = await predictPicture(
      picture,
      { scales: [8], mirror: true },
      { ...tiled.predictor, mostPixels: smallestTile },
    );
    const plan = tilePlan({ width: 512, height: 384 }, smallestTile);
    assert.deepEqual([predictions, runs], [2, 2 * plan.length]);
    assert.ok(tiled.sizes.every(({ width, height }) => width === 128 && height === 128));
    assert.deepEqual(probabilities.shape, expected.probabilities.shape);
    // Places that some tile sees less far than the network looks.
    const near = (at: number, starts: number[], length: number) =>
      starts.some(start => Math.abs(at - start) <= radius || Math.abs(at - (start + length)) <= radius);
    const columns = plan.map(({ across }) => across.start);
    const rows = plan.map(({ down }) => down.start);
    let [worst, inside] = [0, 0];
    probabilities.data.forEach((value, p) => {
      const difference = Math.abs(value - expected.probabilities.data[p]);
      worst = Math.max(worst, difference);
      if (!near(p % 512, columns, 128) && !near(Math.floor(p / 512) % 384, rows, 128))
        inside = Math.max(inside, difference);
    });
    assert.ok(inside < 1e-5, `inside ${inside}`);
    assert.ok(worst > 1e-3 && worst < 0.1, `at worst ${worst}`);
  });

  test('keeps its mean within a number of pixels', async () => {
    const { predictor } = network(0, red);
    const { probabilities } = await predictPicture(
      paint(300, 200, () => [255, 0, 0]),
      { scales: [4, 1], mirror: false },
      { ...predictor, mostGridPixels: 5000 },
    );
    const [, , height, width] = probabilities.shape;
    assert.ok(width * height <= 5000 && width * height > 4700 && Math.abs(width / height - 1.5) < 0.1);
    assert.ok(probabilities.data.slice(width * height).every(value => Math.abs(value - 1) < 1e-5));
  });

  test('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const { predictor, sizes } = network(0, (picture, x, y) => {
      cancel.abort();
      return red(picture, x, y);
    });
    const picture = paint(64, 48, () => [0, 0, 0]);
    await assert.rejects(
      predictPicture(picture, { scales: [1, 1, 1], mirror: true }, predictor, cancel.signal),
      (error: Error) => error.name === 'AbortError',
    );
    assert.equal(sizes.length, 1);
  });
});

suite('The grid of mean probabilities', () => {
  test('interpolates bilinearly between the centres of pixels, as computed by hand', () => {
    const grid = new ProbabilityGrid(1, { width: 4, height: 1 }, 0.5);
    const size = { width: 2, height: 1 };
    const [tile] = tilePlan(size, 100);
    grid.add({ probabilities: { shape: [1, 1, 1, 2], data: Float32Array.of(0, 1) }, tile, size, mirrored: false });
    grid.add({ probabilities: { shape: [1, 1, 1, 2], data: Float32Array.of(1, 1) }, tile, size, mirrored: true });
    // Centres at 1/8, 3/8, 5/8, 7/8 between 1/4 and 3/4: 0, 1/4, 3/4, 1.
    assert.deepEqual([...grid.mean().data], [0.5, 0.625, 0.875, 1]);
  });
});
