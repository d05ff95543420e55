import assert from 'node:assert/strict';
import type { EditorPageMessage, MaskView } from '../../../protocol/editorPage';
import { Classes } from './classes';
import { EditQueue } from './editQueue';
import { Labelling } from './labelling';

const road = { id: 7, name: 'road', colour: '#804080', key: 'r' };
const car = { id: 26, name: 'car', colour: '#00008e', key: '2' };
const cargo = { id: 27, name: 'Scar tissue', colour: '#775511' };

/** A mask of three labels, the third of a class that no list has. */
function opened() {
  const labels = [undefined, 26, 99].map((id, at) => ({
    value: at + 1,
    ...(id !== undefined && { class: id }),
    name: `Region ${at + 1}`,
    colour: '#123456',
    locked: false,
    area: 10,
    representative: at,
  }));
  const mask: MaskView = {
    granularity: 1,
    labelOf: Uint16Array.of(1, 2, 3),
    labels,
    fixed: new Uint8Array(3).fill(1),
    colours: new Uint8Array(9),
  };
  const labelling = new Labelling();
  labelling.setRegions({ width: 3, height: 1, count: 3, ids: Uint16Array.of(0, 1, 2) });
  labelling.setMask(mask);
  const posted: EditorPageMessage[] = [];
  const queue = new EditQueue(message => posted.push(message));
  const classes = new Classes(labelling, queue);
  classes.set({ classes: [road, car, cargo], file: { name: 'labelless.classes.json' } });
  return { labelling, classes, queue, posted, labels };
}

suite('Classes of the page', () => {
  test('a key gives its class to the selected labels and makes it current', () => {
    const { labelling, classes, posted } = opened();
    assert.deepEqual(classes.newLabel, 'new');
    assert.equal(classes.handleKey('x'), false);
    assert.equal(classes.handleKey('R'), true, 'with caps lock on');
    assert.equal(posted.length, 0, 'nothing is selected');
    assert.deepEqual(classes.newLabel, { newOf: 7 });
    labelling.select([0, 1]);
    classes.choose(null);
    assert.deepEqual(
      posted.map(message => (message as { edit?: unknown }).edit),
      [{ kind: 'classify', values: [1, 2], class: null }],
    );
    assert.equal(classes.current, undefined);
  });

  test('is of the labels selected at the key, whatever is selected when its turn has come; then all is made', () => {
    const { labelling, classes, queue, posted } = opened();
    for (const [region, key] of [
      [0, 'r'],
      [1, '2'],
      [2, 'r'],
    ] as const) {
      labelling.select([region]);
      classes.handleKey(key);
    }
    queue.finish(5);
    for (const id of [1, 2, 3]) queue.handleAnswer(id);
    assert.deepEqual(posted, [
      { type: 'edit', edit: { kind: 'classify', values: [1], class: 7 }, id: 1 },
      { type: 'edit', edit: { kind: 'classify', values: [2], class: 26 }, id: 2 },
      { type: 'edit', edit: { kind: 'classify', values: [3], class: 7 }, id: 3 },
      { type: 'editsMade', id: 5 },
    ]);
    queue.finish(6);
    assert.deepEqual(posted.at(-1), { type: 'editsMade', id: 6 });
  });

  test('classes without keys get the digits', () => {
    const { classes } = opened();
    assert.equal(classes.keyOf(cargo), undefined, 'others have keys');
    const plain = { id: 7, name: 'road', colour: '#804080' };
    classes.set({ classes: [plain, cargo], file: { name: 'labelless.classes.json' } });
    assert.deepEqual(
      classes.all.map(entry => classes.keyOf(entry)),
      ['1', '2'],
    );
    classes.handleKey('2');
    assert.equal(classes.current, cargo);
  });

  test('what is typed finds the beginnings of names first', () => {
    const { classes } = opened();
    assert.deepEqual(
      classes.matching(' CAR').map(({ name }) => name),
      ['car', 'Scar tissue'],
    );
    assert.equal(classes.matching('').length, 3);
  });

  test('tells labels without a class, and ids that the file lacks', () => {
    const { classes, labels } = opened();
    assert.deepEqual(
      labels.map(label => classes.standing(label)),
      ['none', 'known', 'unknown'],
    );
    assert.deepEqual([...classes.uses().keys()], [26, 99]);
    classes.set({ classes: null, file: null });
    assert.deepEqual(
      labels.map(label => classes.standing(label)),
      ['known', 'unknown', 'unknown'],
    );
  });

  test('a current class that the file no longer has is none', () => {
    const { classes } = opened();
    classes.choose(7);
    classes.set({ classes: [car], file: { name: 'labelless.classes.json' } });
    assert.equal(classes.newLabel, 'new');
  });

  test('labels with a class can be left out of the picture', () => {
    const { labelling } = opened();
    labelling.showUnclassifiedAlone(true);
    assert.deepEqual(
      [0, 1, 2].map(region => labelling.drawn.shows(region)),
      [true, false, false],
    );
    labelling.showUnclassifiedAlone(false);
    assert.ok(labelling.drawn.showsAll);
  });
});
