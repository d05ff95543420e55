import { ByteReader } from './byteReader';
import { PickleGlobal, readPickle, type Builders, type PickleValue } from './pickle';

/** A tensor of floats: its shape and values, row by row. */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The number at the start of PyTorch's files from before its version 1.6. */
const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

/** The bytes of a value by the name of its storage. */
const storageTypes: Readonly<Record<string, number>> = { 'torch FloatStorage': 4, 'torch LongStorage': 8 };

/** A tensor before the values have been read: a piece of a storage. */
class TensorPlace {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    /** The distances between neighbours along each axis, which TensorFlow has in another order than PyTorch. */
    readonly strides: readonly number[],
  ) {}
}

interface Storage {
  readonly type: string;
  readonly key: string;
  readonly size: number;
}

/**
 * Reads the tensors of floats of a file that PyTorch's `torch.save` wrote in its old form: four pickles (mark, version,
 * kinds of numbers, tensors), the list of storages, and their values. Whole numbers are left out.
 * @throws Error that says what is wrong
 */
export function readTorchFile(bytes: Buffer): Map<string, TorchTensor> {
  const reader = new ByteReader(bytes);
  if (readPickle(reader, {}) !== magic || readPickle(reader, {}) !== protocol)
    throw new Error('it is no file of PyTorch in the form of version 1001');
  const system = readPickle(reader, {});
  if (!(system instanceof Map) || system.get('little_endian') !== true)
    throw new Error('its numbers are not little-endian');
  const tensors = readPickle(reader, builders);
  if (!(tensors instanceof Map)) throw new Error('it holds no dictionary of tensors');
  const places = [...(tensors as Map<PickleValue, PickleValue>)].map(([name, place]) => {
    if (typeof name !== 'string' || !(place instanceof TensorPlace)) throw new Error('it holds more than tensors');
    return [name, place] as const;
  });
  const values = readStorages(reader, places);
  return new Map(
    places
      .filter(([, { storage }]) => storage.type === 'torch FloatStorage')
      .map(([name, place]) => [name, { shape: place.shape, data: valuesOf(name, place, values) }]),
  );
}

const builders: Builders = {
  'collections OrderedDict': () => new Map(),
  'torch._utils _rebuild_tensor_v2': ([storage, offset, shape, strides]) => {
    if (!isCount(offset) || !isShape(shape) || !isShape(strides)) throw new Error('it describes a tensor wrongly');
    if (strides.length !== shape.length) throw new Error('it describes a tensor wrongly');
    return new TensorPlace(storageOf(storage), offset, shape, strides);
  },
};

const isCount = (value: PickleValue): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isShape = (value: PickleValue): value is number[] => Array.isArray(value) && value.every(isCount);

/** Reads the description of a storage: `('storage', type, key, device, size, view)`. */
function storageOf(described: PickleValue): Storage {
  const [kind, type, key, , size] = Array.isArray(described) ? (described as PickleValue[]) : [];
  const isKnown = type instanceof PickleGlobal && Object.hasOwn(storageTypes, type.name);
  if (kind !== 'storage' || !isKnown || typeof key !== 'string' || !isCount(size))
    throw new Error('it describes a storage wrongly');
  return { type: type.name, key, size };
}

/** Reads the values of all storages, in the order in which the file lists them. */
function readStorages(
  reader: ByteReader,
  places: readonly (readonly [string, TensorPlace])[],
): ReadonlyMap<string, Buffer> {
  const storages = new Map(places.map(([, { storage }]) => [storage.key, storage]));
  const keys = readPickle(reader, {});
  if (!Array.isArray(keys)) throw new Error('it has no list of storages');
  return new Map(
    keys.map((key: PickleValue) => {
      const storage = typeof key === 'string' ? storages.get(key) : undefined;
      if (!storage) throw new Error('it lists a storage that no tensor has');
      if (Number(reader.take(8).readBigInt64LE()) !== storage.size) throw new Error('a storage has another size');
      return [storage.key, reader.take(storage.size * storageTypes[storage.type]!)] as const;
    }),
  );
}

function valuesOf(
  name: string,
  { storage, offset, shape, strides }: TensorPlace,
  values: ReadonlyMap<string, Buffer>,
): Float32Array {
  const bytes = values.get(storage.key);
  const count = shape.reduce((product, size) => product * size, 1);
  const last = shape.reduce((place, size, axis) => place + (size - 1) * strides[axis]!, offset);
  if (!bytes || count > storage.size || last >= storage.size) throw new Error(`${name} is larger than its storage`);
  return Float32Array.from({ length: count }, (_, index) => {
    let [place, rest] = [offset, index];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return bytes.readFloatLE(4 * place);
  });
}
