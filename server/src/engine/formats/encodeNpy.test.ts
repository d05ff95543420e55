import assert from 'node:assert/strict';
import { encodeNpy } from './encodeNpy';

function parse(file: Uint8Array) {
  const bytes = Buffer.from(file);
  const start = 10 + bytes.readUInt16LE(8);
  return {
    magic: bytes.subarray(0, 8),
    header: bytes.toString('latin1', 10, start),
    start,
    data: bytes.subarray(start),
  };
}

suite('NPY', () => {
  test('one byte a label where all fit, rows first', () => {
    const { magic, header, start, data } = parse(encodeNpy(Uint16Array.of(0, 1, 2, 3, 4, 255), 3, 2));
    assert.deepEqual([...magic], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    assert.equal(header.trimEnd(), "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }");
    assert.equal(header.at(-1), '\n');
    assert.equal(start % 64, 0);
    assert.deepEqual([...data], [0, 1, 2, 3, 4, 255]);
  });

  test('two bytes, low one first, from label 256 on', () => {
    const { header, data } = parse(encodeNpy(Uint16Array.of(1, 0x1234), 2, 1));
    assert.match(header, /'<u2'.*\(1, 2\)/);
    assert.deepEqual([...data], [1, 0, 0x34, 0x12]);
  });

  test('refuses labels that do not fill the picture', () => {
    assert.throws(() => encodeNpy(new Uint16Array(5), 2, 3), /5 labels/);
  });
});
