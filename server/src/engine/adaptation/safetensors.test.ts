import assert from 'node:assert/strict';
import { decodeTensors, encodeTensors } from './safetensors';

/** A file with this header and so many bytes of values. */
function file(header: string, values = 0, length = header.length): Uint8Array {
  const bytes = Buffer.alloc(8 + header.length + values);
  bytes.writeBigUInt64LE(BigInt(length));
  bytes.write(header, 8);
  return bytes;
}

suite('safetensors', () => {
  test('what is written is read', () => {
    const tensors = {
      'network/é': { shape: [2, 2], data: Float32Array.of(1, -0, NaN, 3.5) },
      steps: { shape: [], data: Int32Array.of(-7) },
      none: { shape: [0], data: new Float32Array(0) },
    };
    const bytes = encodeTensors({ tensors, metadata: { note: 'ü' } });
    assert.deepEqual(decodeTensors(bytes), { tensors, metadata: { note: 'ü' } });
    assert.equal(Number(Buffer.from(bytes).readBigUInt64LE()) % 8, 0);
  });

  test('a file as another program lays it out is read, types we do not know left out', () => {
    const bytes = file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}',
      12,
    );
    Buffer.from(bytes.buffer).writeFloatLE(2.5, bytes.length - 4);
    assert.deepEqual(decodeTensors(bytes).tensors, { a: { shape: [1], data: Float32Array.of(2.5) } });
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ['too short', new Uint8Array(3), /too short/],
    ['a header beyond the end', file('{}', 0, 2 ** 40), /header is longer/],
    ['a header that is no JSON', file('{"a"'), /no JSON object/],
    ['a header that is a list', file('[]'), /no JSON object/],
    ['a tensor beyond the end', file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 4), /a does not fit/],
    [
      'a shape that is not its length',
      file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}', 8),
      /a does not fit/,
    ],
    ['a negative offset', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}', 8), /describes a in a form/],
  ];
  for (const [what, bytes, why] of refused)
    test(`${what} is refused`, () => {
      assert.throws(() => decodeTensors(bytes), why);
    });
});
