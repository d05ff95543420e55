import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { trainingProgram } from '../training/trainingProgram';
import { describePretrained, matchWeights, readPretrained } from './pretrainedWeights';
import { encodeTensors, decodeTensors } from './safetensors';

/**
 * Lists names and shapes of torchvision's MobileNetV2 features: table 2 of the paper in the layout of that library's
 * modules.
 */
function torchvisionNames(): [string, number[]][] {
  const normalised = (conv: string, norm: string, shape: number[]): [string, number[]][] => [
    [`${conv}.weight`, shape],
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part): [string, number[]] => [
      `${norm}.${part}`,
      [shape[0]],
    ]),
  ];
  const names = normalised('features.0.0', 'features.0.1', [32, 3, 3, 3]);
  let [index, channels] = [1, 32];
  for (const [expansion, filters, repeats] of [
    [1, 16, 1],
    [6, 24, 2],
    [6, 32, 3],
    [6, 64, 4],
    [6, 96, 3],
    [6, 160, 3],
    [6, 320, 1],
  ]) {
    for (let repeat = 0; repeat < repeats; repeat++, index++) {
      const [at, wide, start] = [expansion === 1 ? 0 : 1, channels * expansion, `features.${index}.conv`];
      if (expansion > 1) names.push(...normalised(`${start}.0.0`, `${start}.0.1`, [wide, channels, 1, 1]));
      names.push(...normalised(`${start}.${at}.0`, `${start}.${at}.1`, [wide, 1, 3, 3]));
      names.push(...normalised(`${start}.${at + 1}`, `${start}.${at + 2}`, [filters, wide, 1, 1]));
      channels = filters;
    }
  }
  return [...names, ...normalised('features.18.0', 'features.18.1', [1280, 320, 1, 1])];
}

const zeros = (shape: readonly number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});
const variablesOf = (strategy: string) =>
  trainingProgram(
    experimentSchema.parse({
      source: {},
      target: { images: 'photos' },
      classes: 'camvid11',
      network: { name: 'mobilenetv2-aspp' },
      adaptation: { strategy },
      training: { batch: 1, size: [64, 64] },
    }),
    11,
  ).state;

suite('pretrained weights', () => {
  const file = Object.fromEntries(torchvisionNames().map(([name, shape]) => [name, zeros(shape)]));

  test("the encoder takes over torchvision's by name, for network and teacher alike", () => {
    const { state, missing, extra, unfit } = matchWeights(file, variablesOf('self-training'));
    assert.deepEqual(
      [
        unfit,
        extra.every(name => name.startsWith('features.18.')),
        missing.every(name => name.startsWith('classifier')),
      ],
      [[], true, true],
    );
    for (const name of Object.keys(file).filter(each => !extra.includes(each) && !each.includes('running'))) {
      assert.ok(state[`network/${name}`] && state[`teacher/${name}`], name);
    }
  });

  test('what is missing, extra, and of another shape is told', () => {
    const rest = Object.fromEntries(Object.entries(file).filter(([name]) => name !== 'features.0.0.weight'));
    const found = matchWeights({ ...rest, 'features.0.1.bias': zeros([31]), head: zeros([1]) }, variablesOf('none'));
    assert.deepEqual(found.unfit, ['features.0.1.bias [31], not [32]']);
    assert.ok(found.missing.includes('features.0.0.weight') && found.extra.includes('head'));
    assert.match(
      describePretrained(found),
      /weights loaded; \d+ missing \(features\.0\.0\.weight, .*; 1 of another shape/,
    );
  });

  test('a file with nothing that fits is refused, by its name', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'labelless-weights-'));
    const name = path.join(folder, 'other.safetensors');
    await writeFile(name, encodeTensors({ tensors: { head: zeros([1]) }, metadata: {} }));
    await assert.rejects(
      readPretrained('other.safetensors', folder, variablesOf('none')),
      /network\.pretrained: cannot use .*other\.safetensors: none of its tensors/,
    );
    await rm(folder, { recursive: true });
  });
});

/** Makes a file with a header and a number of bytes of values. */
function file(header: string, values = 0, length = header.length): Uint8Array {
  const bytes = Buffer.alloc(8 + header.length + values);
  bytes.writeBigUInt64LE(BigInt(length));
  bytes.write(header, 8);
  return bytes;
}

suite('weights that cannot be used', () => {
  const variables = variablesOf('none');
  const name = 'features.0.1.bias';
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'labelless-weights-'));
  });
  teardown(() => rm(folder, { recursive: true }));
  const read = async (content: Uint8Array) => {
    await writeFile(path.join(folder, 'w.safetensors'), content);
    return readPretrained('w.safetensors', folder, variables);
  };

  test('a value that is no finite number is refused, by the name of its tensor', async () => {
    for (const value of [NaN, Infinity, -Infinity])
      await assert.rejects(
        read(
          encodeTensors({ tensors: { [name]: { shape: [32], data: new Float32Array(32).fill(value) } }, metadata: {} }),
        ),
        /w\.safetensors: features\.0\.1\.bias has a value that is no finite number/,
      );
  });

  test('another type is named as such, and is not missing', async () => {
    const header = `{"${name}":{"dtype":"F64","shape":[32],"data_offsets":[0,256]}}`;
    await assert.rejects(read(file(header, 256)), /features\.0\.1\.bias of type F64 cannot be used; save .* as F32/);
    const { missing, otherTypes } = matchWeights({}, variables, { [name]: 'F64' });
    assert.deepEqual([otherTypes, missing.includes(name)], [[`${name} of type F64`], false]);
  });

  test('a missing file, and a device', async () => {
    await assert.rejects(readPretrained('none.safetensors', folder, variables), /none\.safetensors: there is no such/);
    if (process.platform !== 'win32')
      await assert.rejects(readPretrained('/dev/zero', folder, variables), /it is a device or a socket/);
  });
});

suite('safetensors', () => {
  test('what is written is read', () => {
    const tensors = {
      'network/é': { shape: [2, 2], data: Float32Array.of(1, -0, NaN, 3.5) },
      steps: { shape: [], data: Int32Array.of(-7) },
      none: { shape: [0], data: new Float32Array(0) },
    };
    const bytes = encodeTensors({ tensors, metadata: { note: 'ü' } });
    assert.deepEqual(decodeTensors(bytes), { tensors, metadata: { note: 'ü' }, others: {} });
    assert.equal(Number(Buffer.from(bytes).readBigUInt64LE()) % 8, 0);
  });

  test('a file as another program lays it out is read, types we do not know left out', () => {
    const bytes = file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}',
      12,
    );
    Buffer.from(bytes.buffer).writeFloatLE(2.5, bytes.length - 4);
    const { tensors, others } = decodeTensors(bytes);
    assert.deepEqual([tensors, others], [{ a: { shape: [1], data: Float32Array.of(2.5) } }, { n: 'I64' }]);
  });

  // The values are NumPy's: np.array(bits, 'u2').view('f2'), and (np.array(bits, 'u4') << 16).view('f4').
  test('16-bit floats are read as float32, the smallest and the infinite ones too', () => {
    const values = (dtype: string, bits: number[]) => {
      const size = 2 * bits.length;
      const bytes = file(`{"a":{"dtype":"${dtype}","shape":[${bits.length}],"data_offsets":[0,${size}]}}`, size);
      Buffer.from(Uint16Array.from(bits).buffer).copy(bytes, bytes.length - size);
      return [...decodeTensors(bytes).tensors.a.data];
    };
    assert.deepEqual(
      values('F16', [0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x3555, 0x7bff, 0x8000, 0x7c00, 0xfc00, 0x7e00]),
      [5.960464477539063e-8, 6.097555160522461e-5, 6.103515625e-5, 1, -2, 0.333251953125, 65504, -0].concat(
        Infinity,
        -Infinity,
        NaN,
      ),
    );
    assert.deepEqual(values('BF16', [0x0001, 0x3f80, 0xc049, 0x7f7f, 0x8000, 0x7f80, 0x7fc0]), [
      9.183549615799121e-41,
      1,
      -3.140625,
      3.3895313892515355e38,
      -0,
      Infinity,
      NaN,
    ]);
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
    [
      'tensors that overlap, as a small file that would fill the memory',
      file(
        '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        8,
      ),
      /a and b share a part of the file/,
    ],
    [
      'an end before the start',
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}', 8),
      /a does not fit its place/,
    ],
    ['a negative offset', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}', 8), /describes a in a form/],
  ];
  for (const [what, bytes, why] of refused)
    test(`${what} is refused`, () => {
      assert.throws(() => decodeTensors(bytes), why);
    });
});
