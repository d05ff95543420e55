import assert from 'node:assert/strict';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { emptyState } from '../../../../mask/document/maskState';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { seededRandom } from '../common/random';
import { reducePicture } from '../pixels/resize';
import { carryLabels } from './carryLabels';
import { blue, firstBall, grass, labelled, red, regionsOf, sky, yard, yellow, type Yard } from './testing/yard';

/** Carries the labels of one yard to another. */
function carry(before: Yard, { picture }: Yard) {
  const regions = regionsOf(picture);
  return { regions, result: carryLabels(labelled(before), { picture, regions }) };
}

/** By pixel: the class that was carried to it; 0 for none. */
function classesIn(
  { labels }: ReturnType<typeof carryLabels>,
  { count, ids }: { count: number; ids: Uint16Array },
): Uint16Array {
  const classOf = new Uint16Array(count);
  for (const label of labels) for (const region of label.regions) classOf[region] = label.class!;
  return ids.map(region => classOf[region]);
}

/** The share of the pixels of a value that have a class. */
function share(classes: Uint16Array, { truth }: Yard, value: number, wanted: number): number {
  const own = [...truth.keys()].filter(p => truth[p] === value);
  return own.filter(p => classes[p] === wanted).length / own.length;
}

const balls = [
  { x: 50, y: 100, radius: 16, rgb: red },
  { x: 140, y: 90, radius: 16, rgb: blue },
];

suite('Labels carried to the next picture', () => {
  const before = yard(balls);

  test('follow things that move, with the edges of the new picture, also in other light', () => {
    const next = yard(
      [
        { ...balls[0], x: 64, y: 94 },
        { ...balls[1], x: 128 },
      ],
      0.7,
      2,
    );
    const { regions, result } = carry(before, next);
    const classes = classesIn(result, regions);
    assert.ok(share(classes, next, sky, 10) > 0.98);
    assert.ok(share(classes, next, grass, 20) > 0.95);
    for (const ball of [firstBall, firstBall + 1]) assert.ok(share(classes, next, ball, 30) > 0.9);
    assert.ok(result.confidence > 0.7, `confidence ${result.confidence}`);
  });

  test('keep objects of one class apart, each a label with its class, name and colour', () => {
    const next = yard(
      [
        { ...balls[0], x: 60 },
        { ...balls[1], x: 132 },
      ],
      1,
      2,
    );
    const { regions, result } = carry(before, next);
    const found = result.labels.filter(label => label.class === 30);
    assert.equal(found.length, 2);
    for (const { name, colour } of found) assert.deepEqual([name, colour], ['ball', '#ff8800']);
    const [left, right] = found.map(({ regions: own }) => new Set(own));
    const in64 = regions.ids[100 * 200 + 60];
    const in132 = regions.ids[90 * 200 + 132];
    assert.ok(left.has(in64) && right.has(in132));
    assert.ok([...left].every(region => !right.has(region)));
  });

  test('go with a thing that leaves, whose place becomes what is seen there now', () => {
    const next = yard([balls[0]], 1, 2);
    const { regions, result } = carry(before, next);
    const classes = classesIn(result, regions);
    assert.ok(share(classes, next, grass, 20) > 0.98);
    assert.equal(result.labels.filter(label => label.class === 30).length, 1);
  });

  test('are not given to a thing that comes and is like nothing before', () => {
    const next = yard([...balls, { x: 95, y: 115, radius: 18, rgb: yellow }], 1, 2);
    const { regions, result } = carry(before, next);
    const classes = classesIn(result, regions);
    assert.ok(share(classes, next, firstBall + 2, 0) > 0.8);
    assert.ok(share(classes, next, grass, 20) > 0.95);
    const new95 = regions.ids[115 * 200 + 95];
    assert.ok(result.confidences[new95] < 0.1);
    assert.ok(result.confidences[regions.ids[140 * 200 + 20]] > 0.5);
  });

  test('are unsure in a picture of something else', () => {
    const next = seededRandom(5);
    const rgb = before.picture.rgb.map(() => 255 * next());
    assert.ok(carry(before, { ...before, picture: { ...before.picture, rgb } }).result.confidence < 0.3);
  });

  test('have relative places, whatever the sizes of the pictures', () => {
    const next = yard(balls, 1, 2);
    const picture = reducePicture(next.picture, 120, 90);
    const regions = regionsOf(picture);
    const result = carryLabels(labelled(before), { picture, regions });
    const classes = classesIn(result, regions);
    const at = (x: number, y: number) => classes[Math.floor(y * 0.6) * 120 + Math.floor(x * 0.6)];
    assert.deepEqual([at(50, 100), at(140, 90), at(100, 20), at(95, 130)], [30, 30, 10, 20]);
  });

  test('leave what had no label to the background, and what had no class without one', () => {
    const labels = before.truth.map(value => (value === sky ? 0 : value));
    const state = stateFromLabels({ width: 200, height: 150, labels, palette: null });
    const region = [...state.values].find(([, value]) => value === firstBall)![0];
    const properties = new Map([[region, { class: 30, name: 'ball' }]]);
    const document = new MaskDocument({ ...state, properties });
    const next = yard(balls, 1, 2);
    const regions = regionsOf(next.picture);
    const source = { name: 'before.png', picture: before.picture, document };
    const result = carryLabels(source, { picture: next.picture, regions });
    const ground = new Set(result.background);
    assert.ok(ground.has(regions.ids[20 * 200 + 100]));
    assert.deepEqual(
      result.labels.map(({ class: id }) => id),
      [30],
    );
    const given = new Set([...ground, ...result.labels[0].regions]);
    assert.ok(!given.has(regions.ids[140 * 200 + 20]));
  });

  test('are refused where there are none, and in tiny pictures they are right', () => {
    const { picture } = before;
    const none = { name: 'a.png', picture, document: new MaskDocument(emptyState(200, 150)) };
    assert.throws(() => carryLabels(none, { picture, regions: regionsOf(picture) }), {
      message: 'a.png: no label of its mask has a class or a name',
    });
    const dot = { width: 1, height: 1, rgb: Uint8Array.of(9, 9, 9) };
    const state = stateFromLabels({ width: 1, height: 1, labels: Uint16Array.of(1), palette: null });
    const document = new MaskDocument({ ...state, properties: new Map([[0, { class: 3, name: 'dot' }]]) });
    const regions = { width: 1, height: 1, count: 1, ids: new Uint16Array(1) };
    const { labels } = carryLabels({ name: 'b.png', picture: dot, document }, { picture: dot, regions });
    assert.deepEqual(labels, [{ class: 3, name: 'dot', colour: labels[0].colour, regions: [0] }]);
  });
});
