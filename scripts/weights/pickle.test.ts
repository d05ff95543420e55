import assert from 'node:assert/strict';
import { ByteReader } from './byteReader';
import { readPickle, type Builders } from './pickle';

const read = (bytes: Buffer | string, builders: Builders = {}) =>
  readPickle(new ByteReader(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes), builders);

suite('pickles', () => {
  test('of plain values are read', () => {
    // pickle.dumps({'a': (1, 300), 'b': [True, None], 'c': (), 'd': -5, 'e': 'é'}, protocol=2)
    const bytes = Buffer.from(
      '80027d71002858010000006171014b014d2c0186710258010000006271035d710428884e65580100' +
        '00006371052958010000006471064afbffffff58010000006571075802000000c3a97108752e',
      'hex',
    );
    assert.deepEqual(
      read(bytes),
      new Map<string, unknown>([
        ['a', [1, 300]],
        ['b', [true, undefined]],
        ['c', []],
        ['d', -5],
        ['e', 'é'],
      ]),
    );
  });

  // What executes code when Python reads it.
  const refused: [string, string, RegExp][] = [
    ['a call', 'cos\nsystem\n(X\x02\0\0\0lstR.', /it calls os system, which/],
    ['a call of an inherited name', 'ctoString\n\n)R.', /it calls toString /],
    ['a call of a value', 'K\x01)R.', /it calls a value/],
    ['INST', "(S'ls'\nios\nsystem\n.", /opcode STRING/],
    ['INST without arguments', '(ios\nsystem\n.', /opcode INST/],
    ['OBJ', '(cos\nsystem\no.', /opcode OBJ/],
    ['NEWOBJ', 'cos\nsystem\n)\x81.', /opcode NEWOBJ/],
    ['a global by the stack', '\x8c\x02os\x8c\x06system\x93.', /opcode SHORT_BINUNICODE/],
    ['an extension', '\x82\x01.', /opcode EXT1/],
    ['an unknown opcode', '\xff.', /opcode 0xff/],
    ['a text longer than the file', 'X\xff\xff\xff\x7fa.', /cut off/],
    ['an end within', '(K\x01', /cut off/],
    ['a global without an end', 'cos\nsystem', /cut off within a line/],
    ['values that are not there', '.', /takes more values than it has/],
    ['a tuple without a mark', 't.', /since a mark/],
    ['items of a number', 'K\x01(u.', /adds items to what is no Map/],
    ['a value that was not kept', 'h\x07.', /recalls value 7/],
  ];
  for (const [what, text, why] of refused)
    test(`with ${what} are refused`, () => {
      assert.throws(() => read(text), why);
    });

  test('call the builders that are given, and no others', () => {
    assert.deepEqual(read('cm\nf\nK\x05\x85R.', { 'm f': ([x]) => [x, x] }), [5, 5]);
  });
});
