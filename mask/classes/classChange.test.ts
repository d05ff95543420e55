import assert from 'node:assert/strict';
import { changeClassFile, parseClassFile } from '../files/classFile';
import { changedClassList, changedLabel, type ClassChange } from './classChange';
import type { ClassList } from './classList';

const text = `{
  // of the street
  "classes": [
    { "id": 1, "name": "road", "colour": "#804080", "key": "r" }, // first
    { "id": 4, "name": "car", "colour": "#00008E" },
    { "id": 0, "name": "ground", "colour": "#000000", "background": true },
  ]
}
`;

suite('Changes of a class list', () => {
  const read = parseClassFile(text);
  assert.ok('list' in read);
  const { list } = read;
  const after = (change: ClassChange) => changedClassList(list, change);
  const brief = (changed: ClassList) => changed.classes.map(({ id, name, background }) => [id, name, background]);

  test('rename, recolour, merge and remove a class', () => {
    assert.equal(after({ kind: 'rename', id: 4, name: ' =1+1 ' }).byId(4)?.name, '=1+1');
    assert.equal(after({ kind: 'recolour', id: 4, colour: '#ABCDEF' }).byId(4)?.colour, '#abcdef');
    assert.deepEqual(brief(after({ kind: 'merge', id: 4, into: 1 })), [
      [1, 'road', undefined],
      [0, 'ground', true],
    ]);
    assert.deepEqual(brief(after({ kind: 'remove', id: 0 })), [
      [1, 'road', undefined],
      [4, 'car', undefined],
    ]);
  });

  test('make another class the background', () => {
    const made = after({ kind: 'background', id: 4 });
    assert.deepEqual(
      [brief(made), made.backgroundValue],
      [
        [
          [1, 'road', undefined],
          [4, 'car', true],
          [0, 'ground', undefined],
        ],
        4,
      ],
    );
  });

  test('make the class of the background the one that it is merged into', () => {
    const merged = after({ kind: 'merge', id: 0, into: 1 });
    assert.deepEqual(
      [brief(merged), merged.backgroundValue],
      [
        [
          [1, 'road', true],
          [4, 'car', undefined],
        ],
        1,
      ],
    );
  });

  test('are refused where they are impossible, or change nothing', () => {
    const refused: [ClassChange, RegExp][] = [
      [{ kind: 'rename', id: 4, name: 'road ' }, /another class is named ‘road’ too$/],
      [{ kind: 'rename', id: 4, name: ' car' }, /‘car’ is the name of the class already/],
      [{ kind: 'rename', id: 4, name: '\n' }, /it is empty/],
      [{ kind: 'rename', id: 9, name: 'x' }, /the list has no class 9/],
      [{ kind: 'recolour', id: 4, colour: 'blue' }, /‘blue’ is no colour of the form #rrggbb/],
      [{ kind: 'recolour', id: 4, colour: '#00008e' }, /is the colour of ‘car’ already/],
      [{ kind: 'background', id: 0 }, /‘ground’ is the background already/],
      [{ kind: 'merge', id: 4, into: 4 }, /cannot be merged into itself/],
      [{ kind: 'merge', id: 4, into: 7 }, /the list has no class 7/],
    ];
    for (const [change, reason] of refused) assert.throws(() => after(change), reason);
  });

  test('give labels the class that they have then, or none', () => {
    const merge: ClassChange = { kind: 'merge', id: 4, into: 1 };
    assert.deepEqual(changedLabel(merge, after(merge)), { class: 1, name: 'road', colour: '#804080' });
    assert.deepEqual(changedLabel({ kind: 'remove', id: 4 }, after({ kind: 'remove', id: 4 })), {});
  });

  test('leave comments and spaces of the file as they are', () => {
    const file = Buffer.from(text);
    const written = (change: ClassChange) => changeClassFile(file, list, after(change));
    assert.equal(written({ kind: 'rename', id: 4, name: 'a "car"' }), text.replace('"car"', '"a \\"car\\""'));
    assert.equal(written({ kind: 'merge', id: 4, into: 1 }), text.replace(/.*"car".*\n/, ''));
    for (const change of [
      { kind: 'remove', id: 1 },
      { kind: 'remove', id: 0 },
      { kind: 'background', id: 1 },
      { kind: 'merge', id: 0, into: 4 },
    ] as const) {
      const again = parseClassFile(written(change));
      assert.ok('list' in again);
      assert.deepEqual(brief(again.list), brief(after(change)));
      assert.match(written(change), /of the street/);
    }
  });
});
