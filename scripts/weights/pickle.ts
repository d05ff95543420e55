import type { ByteReader } from './byteReader';
import { opcodeNames } from './opcodes';

/** A value of a pickle: what is made without a call, and what the reader's own builders make. */
export type PickleValue = unknown;

/** What a pickle may refer to, by `module name`: a function that makes its values from its arguments. */
export type Builders = Readonly<Record<string, (args: readonly PickleValue[]) => PickleValue>>;

/** A reference to a class or function of Python, which is never looked up, only compared by its name. */
export class PickleGlobal {
  constructor(readonly name: string) {}
}

interface Machine {
  readonly reader: ByteReader;
  readonly builders: Builders;
  stack: PickleValue[];
  /** The stacks that marks have put aside. */
  readonly marks: PickleValue[][];
  readonly memo: Map<number, PickleValue>;
}

/**
 * Reads the next pickle without executing anything: the opcodes are the few that a dictionary of tensors needs, and
 * only the named builders are called.
 * @throws Error that names an opcode or a global that is not allowed
 */
export function readPickle(reader: ByteReader, builders: Builders): PickleValue {
  const machine: Machine = { reader, builders, stack: [], marks: [], memo: new Map() };
  for (;;) {
    const code = reader.byte();
    const name = opcodeNames[code] ?? `0x${code.toString(16)}`;
    if (name === 'STOP') return pop(machine);
    const action = actions[name];
    if (!action) throw new Error(`it has the opcode ${name}, which a file of tensors does not need`);
    action(machine);
  }
}

function pop({ stack }: Machine): PickleValue {
  if (stack.length === 0) throw new Error('it takes more values than it has');
  return stack.pop();
}

/** Returns the values since the last mark, and goes back to the stack before it. */
function sinceMark(machine: Machine): PickleValue[] {
  const before = machine.marks.pop();
  if (!before) throw new Error('it takes values since a mark that it has not set');
  const values = machine.stack;
  machine.stack = before;
  return values;
}

/** Returns the value on top of the stack, which has to be of a kind. */
function top<T>({ stack }: Machine, kind: abstract new (...args: never[]) => T): T {
  const value = stack.at(-1);
  if (!(value instanceof kind)) throw new Error(`it adds items to what is no ${kind.name}`);
  return value;
}

function setItems(machine: Machine, items: readonly PickleValue[]): void {
  const map = top<Map<PickleValue, PickleValue>>(machine, Map);
  for (let at = 0; at + 1 < items.length; at += 2) map.set(items[at], items[at + 1]);
}

const push = ({ stack }: Machine, value: PickleValue) => stack.push(value);

function recall(machine: Machine, index: number): void {
  if (!machine.memo.has(index)) throw new Error(`it recalls value ${index}, which it has not kept`);
  push(machine, machine.memo.get(index));
}

function lastTwo(machine: Machine): [PickleValue, PickleValue] {
  const second = pop(machine);
  return [pop(machine), second];
}

/** Calls the builder of a global. */
function reduce(machine: Machine): void {
  const [target, args] = lastTwo(machine);
  const name = target instanceof PickleGlobal ? target.name : 'a value';
  if (!(target instanceof PickleGlobal) || !Object.hasOwn(machine.builders, name) || !Array.isArray(args))
    throw new Error(`it calls ${name}, which a file of tensors does not need`);
  push(machine, machine.builders[name]!(args));
}

/** The little-endian whole number of LONG1, as PyTorch's mark of its format needs: any length up to 255 bytes. */
function longInteger(reader: ByteReader): bigint {
  const bytes = reader.take(reader.byte());
  const bits = [...bytes].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, bits);
}

const actions: Readonly<Record<string, (machine: Machine) => unknown>> = {
  PROTO: ({ reader }) => reader.byte(),
  NONE: machine => push(machine, undefined),
  NEWTRUE: machine => push(machine, true),
  NEWFALSE: machine => push(machine, false),
  BININT1: machine => push(machine, machine.reader.byte()),
  BININT2: machine => push(machine, machine.reader.take(2).readUInt16LE()),
  BININT: machine => push(machine, machine.reader.take(4).readInt32LE()),
  LONG1: machine => push(machine, longInteger(machine.reader)),
  BINUNICODE: machine => push(machine, machine.reader.take(machine.reader.take(4).readUInt32LE()).toString('utf8')),
  EMPTY_TUPLE: machine => push(machine, []),
  TUPLE1: machine => push(machine, [pop(machine)]),
  TUPLE2: machine => push(machine, lastTwo(machine)),
  TUPLE: machine => {
    const items = sinceMark(machine);
    push(machine, items);
  },
  MARK: machine => {
    machine.marks.push(machine.stack);
    machine.stack = [];
  },
  EMPTY_LIST: machine => push(machine, []),
  APPENDS: machine => {
    const items = sinceMark(machine);
    const list = top<PickleValue[]>(machine, Array);
    for (const item of items) list.push(item);
  },
  EMPTY_DICT: machine => push(machine, new Map()),
  SETITEM: machine => {
    const items = lastTwo(machine);
    setItems(machine, items);
  },
  SETITEMS: machine => {
    const items = sinceMark(machine);
    setItems(machine, items);
  },
  BINPUT: ({ reader, memo, stack }) => memo.set(reader.byte(), stack.at(-1)),
  LONG_BINPUT: ({ reader, memo, stack }) => memo.set(reader.take(4).readUInt32LE(), stack.at(-1)),
  BINGET: machine => recall(machine, machine.reader.byte()),
  LONG_BINGET: machine => recall(machine, machine.reader.take(4).readUInt32LE()),
  GLOBAL: machine => push(machine, new PickleGlobal(`${machine.reader.line()} ${machine.reader.line()}`)),
  REDUCE: reduce,
  // The attributes of a dictionary, which carry no tensors.
  BUILD: pop,
  // A persistent id is a description of its own; what it describes is resolved where the tensors are read.
  BINPERSID: machine => push(machine, pop(machine)),
};
