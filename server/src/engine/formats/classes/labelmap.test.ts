import assert from 'node:assert/strict';
import { extendLabelmap } from './labelmap';
import { vocColour } from './vocColours';

const mark = '# Written by Labelless. One colour a class. label:color_rgb:parts:actions\n';
const oldMark = '# Written by Labelless. label:color_rgb:parts:actions\n';
const red = (name: string) => ({ name, colour: '#ff0000' });

suite('labelmap.txt', () => {
  test('gives each class a colour of its own, and neither black nor that of boundaries', () => {
    const { text } = extendLabelmap(undefined, [
      red('a'),
      red('b'),
      { name: 'c', colour: '#000000' },
      { name: 'd', colour: '#E0E0C0' },
      { name: 'e', colour: '#800000' },
      red('background'),
    ]);
    assert.equal(
      text,
      `${mark}background:0,0,0::\na:255,0,0::\nb:128,0,0::\nc:0,128,0::\nd:128,128,0::\ne:0,0,128::\n`,
    );
    const many = extendLabelmap(
      undefined,
      Array.from({ length: 254 }, (_, i) => red(`c${i}`)),
    );
    assert.equal(new Set(many.classes.map(({ colour }) => colour)).size, 254);
  });

  test('keeps lines, numbers, parts, actions and comments of every line end', () => {
    for (const newline of ['\n', '\r\n', '\r']) {
      const lines = `${mark}# mine\n\nbackground:0,0,0::\nsky: 1, 2,3:a,b:fly\na  b:4,5,6::\n`.replaceAll(
        '\n',
        newline,
      );
      const { text, classes, isRecoloured } = extendLabelmap(lines, [red('car'), red('a b')]);
      const added = newline === '\r\n' ? newline : '\n';
      assert.equal(text, `${lines}car:255,0,0::${added}a b:128,0,0::${added}`);
      assert.deepEqual(
        [classes.map(({ name, colour }) => `${name} ${colour}`), isRecoloured],
        [['sky #010203', 'a  b #040506', 'car #ff0000', 'a b #800000'], false],
      );
    }
    assert.equal(
      extendLabelmap(`${mark}background:0,0,0::\nx:1,2,3::`, [red('x')]).text,
      `${mark}background:0,0,0::\nx:1,2,3::`,
    );
  });

  test('whose classes share colours, as in earlier versions, gets others for the later ones', () => {
    const old = `${oldMark}background:0,0,0::\nsky:230,159,0::\nroad:1,2,3::\ncar:230,159,0:a:b\n`;
    const { text, before, classes, isRecoloured } = extendLabelmap(old, [red('road')]);
    assert.equal(text, `${mark}background:0,0,0::\nsky:230,159,0::\nroad:1,2,3::\ncar:128,0,0:a:b\n`);
    assert.deepEqual(
      before.map(({ colour }) => colour),
      ['#e69f00', '#010203', '#e69f00'],
    );
    assert.deepEqual(
      classes.map(({ colour }) => colour),
      ['#e69f00', '#010203', '#800000'],
    );
    assert.ok(isRecoloured);
  });

  test('that is not certain is refused, with the line', () => {
    const faults: Record<string, RegExp> = {
      'background:0,0,0::\nsky:1,2,3': /line 3 has not the four fields/,
      'background:0,0,0::\n:::1,2,3::': /line 3 has not the four fields/,
      'background:0,0,0::\nsky:::': /line 3 gives “sky” no colour/,
      'background:0,0,0::\nsky:1,2,256::': /line 3 gives “sky” no colour/,
      'background:0,0,0::\nsky:1,2::': /line 3 gives “sky” no colour/,
      'background:0,0,0::\nsky:1,2,3::\nsky:4,5,6::': /line 4 lists “sky” a second time/,
      'background:1,2,3::': /background the colour 0,0,0/,
      'sky:1,2,3::\n': /no line background:0,0,0::/,
      '<<<<<<< HEAD\nbackground:0,0,0::': /line 2 has not/,
    };
    for (const [text, expected] of Object.entries(faults))
      assert.throws(() => extendLabelmap(mark + text, [red('new')]), expected, text);
    for (const name of ['a:b', ':', '#a', '', ' a', 'a\u00a0', 'a\nb', 'a\u2028b', 'a\rb', 'a\u0085b', '\ud800'])
      assert.throws(() => extendLabelmap(undefined, [red(name)]), /cannot hold the name .*; rename the label/, name);
  });

  test('numbers objects by the colours of VOCs development kit', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 7, 8, 15, 20, 255].map(vocColour), [
      '#000000',
      '#800000',
      '#008000',
      '#808000',
      '#000080',
      '#808080',
      '#400000',
      '#c08080',
      '#004080',
      '#e0e0c0',
    ]);
  });
});
