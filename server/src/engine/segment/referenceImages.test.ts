import assert from 'node:assert/strict';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../../../mask/document/segmentation';
import { defaultSettings } from '../../../../protocol/settings';
import { openBackend } from '../backend/openBackend';
import type { Backend } from '../backend/session';
import type { ClassRegions } from '../merging/classRegions';
import type { Picture } from '../image/picture';
import { paint, scene } from '../pixels/testing/pictures';
import { sampleReferences, trainReference, type ReferenceModel } from '../clustering/reference/referenceModel';
import { nameLabels } from '../clustering/reference/labelNaming';

const [width, height] = [160, 120];
const never = new AbortController().signal;
const signals = { stop: never, cancel: never };

/** Lists the class of each pixel. */
const classMap = ({ regions, regionClasses }: ClassRegions) => Array.from(regions.ids, id => regionClasses[id]);

/** Moves the picture right and down, repeats its edge, and makes it brighter. */
function moved({ rgb }: Picture, dx: number, dy: number, brighter: number): Picture {
  return paint(width, height, (x, y) => {
    const p = (Math.max(y - dy, 0) * width + Math.max(x - dx, 0)) * 3;
    return [rgb[p] + brighter, rgb[p + 1] + brighter, rgb[p + 2] + brighter];
  });
}

async function learn(pictures: readonly Picture[], backend: Backend): Promise<ReferenceModel> {
  const run = trainReference(pictures, defaultSettings, backend, signals);
  let step = await run.next();
  while (!step.done) step = await run.next();
  return step.value;
}

suite('reference pictures', function () {
  this.timeout(120_000);
  let backend: Backend;
  const picture = scene(width, height);
  suiteSetup(async () => {
    backend = await openBackend('cpu', { threads: 1 });
  });

  test('a picture that is moved and made brighter has the labels of the reference', async () => {
    const model = await learn([picture], backend);
    const own = classMap(await model.segment(picture));
    assert.ok(new Set(own).size >= 3, 'a disc on two halves');
    const other = classMap(await model.segment(moved(picture, 12, 9, 12)));
    let [same, all] = [0, 0];
    for (let y = 9; y < height; y++) {
      for (let x = 12; x < width; x++, all++) same += Number(other[y * width + x] === own[(y - 9) * width + x - 12]);
    }
    assert.ok(same / all > 0.95, `${same} of ${all}`);
    await model.dispose();
  });

  test("a picture of a part of the reference keeps that part's label; one of another size has labels too", async () => {
    const model = await learn([picture, moved(picture, 20, 0, 0)], backend);
    const own = classMap(await model.segment(picture));
    const left = own[60 * width + 8];
    const onlyLeft = paint(200, 90, (x, y) => {
      const p = (y * width + (x % 40)) * 3;
      return [picture.rgb[p], picture.rgb[p + 1], picture.rgb[p + 2]];
    });
    const labels = classMap(await model.segment(onlyLeft));
    assert.ok(labels.filter(label => label === left).length > 0.9 * labels.length);
    await model.dispose();
  });

  test('the same references and seed teach the same', async () => {
    const [one, two] = [await learn([picture], backend), await learn([picture], backend)];
    assert.deepEqual(await one.segment(picture), await two.segment(picture));
    await one.dispose();
    await two.dispose();
  });

  test('of many references sixteen are taken, evenly', () => {
    assert.deepEqual(sampleReferences([1, 2, 3]), [1, 2, 3]);
    const chosen = sampleReferences(Array.from({ length: 160 }, (_, i) => i));
    assert.deepEqual(
      chosen,
      Array.from({ length: 16 }, (_, i) => 10 * i),
    );
  });
});

suite('names of reference labels', () => {
  /** Columns of labels 0, 1, 2, 3: regions of one label each. */
  const labels = Uint16Array.from({ length: 40 }, (_, p) => Math.floor((p % 8) / 2));
  const hierarchy = {
    count: 4,
    left: Uint32Array.of(0, 4, 5),
    right: Uint32Array.of(1, 2, 3),
    levels: Float32Array.of(0.9, 0.6, 0.3),
  };
  const found: ClassRegions = {
    regions: { width: 8, height: 5, count: 4, ids: labels },
    hierarchy,
    regionClasses: Uint8Array.of(0, 1, 2, 3),
  };

  /** Makes a mask of two halves, the left one named. */
  function named(): MaskDocument {
    const halves = { width: 8, height: 5, count: 2, ids: labels.map(label => Number(label > 1)) };
    const state = stateFromSegmentation({
      regions: halves,
      hierarchy: { count: 2, left: Uint32Array.of(0), right: Uint32Array.of(1), levels: Float32Array.of(0.5) },
      granularity: 1,
      run: null,
    });
    return new MaskDocument({ ...state, properties: new Map([[0, { name: 'sky', colour: '#123456' }]]) });
  }

  test('labels within a named one become one class, with its name and colour; the others are numbered', () => {
    const { classOf, classes } = nameLabels(5, [{ found, mask: named() }]);
    assert.equal(classOf[0], classOf[1]);
    assert.deepEqual(classes[classOf[0]], { name: 'sky', colour: '#123456' });
    assert.deepEqual(
      classes.map(({ name }) => name),
      ['sky', 'Label 1', 'Label 2', 'Label 3'],
    );
    assert.equal(new Set(classes.map(({ colour }) => colour)).size, 4);
    assert.deepEqual([...classOf], [0, 0, 1, 2, 3], 'also one that no reference shows');
  });

  test('without masks all are numbered, the largest first', () => {
    const uneven = { ...found, regionClasses: Uint8Array.of(2, 1, 1, 0) };
    const { classOf, classes } = nameLabels(3, [{ found: uneven }]);
    assert.deepEqual([...classOf], [1, 0, 2]);
    assert.deepEqual(
      classes.map(({ name }) => name),
      ['Label 1', 'Label 2', 'Label 3'],
    );
  });
});
