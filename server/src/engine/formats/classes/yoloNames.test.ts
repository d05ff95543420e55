import assert from 'node:assert/strict';
import { extendYoloNames } from './yoloNames';

const mark = '# Written by Labelless.\n';
const extend = (text: string | undefined, ...wanted: string[]) => extendYoloNames(text, wanted);

suite('Names in data.yaml', () => {
  test('keep their numbers in every style in which YAML has them, and all else in the file stays', () => {
    const styles: Record<string, [before: string, after: string]> = {
      plain: ['names:\n  0: sky\n  1: tree\n  2: road\n', 'names:\n  0: sky\n  1: tree\n  2: road\n  3: "car"\n'],
      'single quotes': [
        "names:\n    0: 'sky'\n    1: 'tree'\n    2: 'road'",
        "names:\n    0: 'sky'\n    1: 'tree'\n    2: 'road'\n    3: \"car\"\n",
      ],
      'out of order': [
        'names:\n  2: road\n  0: sky\n  1: tree\n',
        'names:\n  2: road\n  0: sky\n  1: tree\n  3: "car"\n',
      ],
      'keys in quotes': [
        '"names":\n  "0": sky\n  \'1\': tree\n  2: road\n',
        '"names":\n  "0": sky\n  \'1\': tree\n  2: road\n  3: "car"\n',
      ],
      list: [
        'names:\n- sky\n- tree # of any kind\n- road\n# the end\n',
        'names:\n- sky\n- tree # of any kind\n- road\n- "car"\n# the end\n',
      ],
      'indented list': [
        'names:\n  - sky\n  - tree\n  - road\nnc: 3\n',
        'names:\n  - sky\n  - tree\n  - road\n  - "car"\nnc: 4\n',
      ],
      'flow list': [
        'nc: 3 # classes\nnames: [\'sky\', tree, "road"] # all\n',
        'nc: 4 # classes\nnames: [\'sky\', tree, "road", "car"] # all\n',
      ],
      'flow list of several lines': [
        'names: [\n  sky, # blue\n  tree,\n  road,\n]\n',
        'names: [\n  sky, # blue\n  tree,\n  road,\n "car"]\n',
      ],
      'flow map': ['names: {0: sky, 1: tree, 2: road}', 'names: {0: sky, 1: tree, 2: road, 3: "car"}'],
      'anchor and tag': [
        'names: &all !!map\n  0: !!str sky\n  1: tree\n  2: road\n',
        'names: &all !!map\n  0: !!str sky\n  1: tree\n  2: road\n  3: "car"\n',
      ],
      'keys around': [
        'train: [a, b]\nkpt_shape: [17, 3]\nnames:\n  0: sky\n  1: tree\n  2: road\n\n# mine\ndownload: |\n  echo 1\n',
        'train: [a, b]\nkpt_shape: [17, 3]\nnames:\n  0: sky\n  1: tree\n  2: road\n  3: "car"\n\n# mine\ndownload: |\n  echo 1\n',
      ],
      'block scalars': [
        'names:\n  - >-\n    sky\n  - |-\n    tree\n  - road\n',
        'names:\n  - >-\n    sky\n  - |-\n    tree\n  - road\n  - "car"\n',
      ],
    };
    for (const [style, [before, after]] of Object.entries(styles))
      for (const newline of ['\n', '\r\n']) {
        const lines = (text: string) => (mark + text).replaceAll('\n', newline);
        const expected = newline === '\r\n' && !before.endsWith('\n') ? lines(after) : lines(after);
        const { text, names, listed } = extend(lines(before), 'car', 'road');
        assert.deepEqual([text, names, listed], [expected, ['sky', 'tree', 'road', 'car'], 3], style);
        assert.equal(extend(lines(before), 'road').text, lines(before), style);
      }
  });

  test('are added to a list that is empty', () => {
    for (const empty of ['names:', 'names: {}', 'names: []', 'names: ~ # none'])
      assert.deepEqual(extend(`${mark}${empty}\nval: x\n`, 'sky').names, ['sky'], empty);
    assert.match(extend(extend(undefined).text, 'sky', 'b').text, /^names: ?\n {2}0: "sky"\n {2}1: "b"\n$/m);
  });

  test('that are no plain text are written so that YAML gives them back', () => {
    const odd = [
      ':',
      '#',
      '# a',
      ' a ',
      '',
      'a\u2028b',
      'a\nb',
      '\u0085',
      '\u007f',
      '~',
      'no',
      '12',
      '"',
      '\\',
      "'",
      'é😀',
      '\ufeff',
    ];
    const { text, names } = extend(extend(undefined, ...odd).text, 'a:b', 'a b');
    assert.deepEqual(names, [...odd, 'a:b', 'a b']);
    assert.doesNotMatch(text, /[\u007f-\u009f\u2028\u2029\ufeff]/);
    assert.deepEqual(extend(text, 'a b', 'sky').names, [...odd, 'a:b', 'a b', 'sky']);
    assert.throws(() => extend(undefined, 'a\ud800'), /cannot hold the name/);
  });

  test('that stood twice keep both numbers, and whole numbers are names', () => {
    assert.deepEqual(extend(`${mark}names: [0, 1, a, a, -5]\n`, '1', 'b').names, ['0', '1', 'a', 'a', '-5', 'b']);
  });

  test('as earlier versions wrote them, U+2028 included, are read; path: . goes', () => {
    const { text, names } = extend(`${mark}path: .\r\ntrain: images\r\nnames:\r\n  0: "a\u2028b"\r\n  1: ":"\r\n`, 'c');
    assert.deepEqual(names, ['a\u2028b', ':', 'c']);
    assert.equal(text, `${mark}train: images\r\nnames:\r\n  0: "a\u2028b"\r\n  1: ":"\r\n  2: "c"\r\n`);
    assert.match(extend(`${mark}path: ./\nnames: [a]\n`, 'b').text, /^path: \.\/$/m);
  });

  test('that are not certain are refused, with the line', () => {
    const faults: Record<string, RegExp> = {
      'names: [yes, b]': /class 0 in line 2, “yes”, is no text in YAML; put it into quotes/,
      'names:\n  0: a\n  1:': /class 1 in line 4/,
      'names: [1.50]': /“1\.50”/,
      'names: [2020-01-01]': /“2020-01-01”/,
      'names: [010]': /“010”/,
      'names: [1_000]': /“1_000”/,
      'names: [a, [b]]': /class 1 is no text/,
      'names: [!!int a]': /type of its own/,
      'x: &a b\nnames: [*a]': /class 0 is no text/,
      'names:\n  0: a\n  2: b': /of its 2 classes it lists none with the number 1/,
      'names:\n  1: a\n  2: b': /none with the number 0/,
      'names:\n  0: a\n  0: b': /class 0 is there twice, the second time in line 4/,
      'names:\n  a: b': /line 3 numbers no class/,
      'names: sky': /neither a list nor a map/,
      'names: [a]\nnames: [b]': /names twice/,
      'train: images': /lists no names/,
      'names: [a\n': /fault in line/,
      '<<<<<<< HEAD\nnames: [a]\n=======': /fault in line/,
      '--- \na: b\n---\nnames: [a]': /fault in line/,
      'names: [a, b]\nnc: 3': /nc in line 3 is not the number of its names, 2/,
      'names: [a\u2028, b]': /ends a line for some programs only/,
      'names: [a]\ntrain: a\u0007': /line 3 has the character U\+0007/,
      'names: [a]\rtrain: a': /carriage returns/,
      'names: ["\\ud83d\\ude00"]': /line 2 has half a character/,
      [`names: ${'['.repeat(60_000)}`]: /nested more than/,
      [`names: ${'{a: '.repeat(30_000)}`]: /nested more than/,
      ['- '.repeat(60_000)]: /nested more than/,
    };
    for (const [text, expected] of Object.entries(faults))
      assert.throws(() => extend(mark + text, 'new'), expected, text.slice(0, 40));
  });
});
