import type { TensorValue } from '../graph/core/operation';
import type { Program, StateVariable } from '../graph/core/program';
import { sizeOf } from '../graph/core/tensorShape';

/** The state variables that a step replaces. */
export function changingState(program: Program): StateVariable[] {
  return program.state.filter(({ current, next }) => current !== next);
}

/** Checks the values of a program's inputs. @throws Error that names the one that is missing or does not fit */
export function checkedFeeds(
  program: Program,
  feeds: Readonly<Record<string, TensorValue>>,
): [name: string, value: TensorValue][] {
  return Object.entries(program.inputs).map(([name, node]) => {
    const value = feeds[name] as TensorValue | undefined;
    if (!value) throw new Error(`The program's input ${name} is not fed`);
    return [name, checkedValue(name, value, node)];
  });
}

/** Checks values of some of a program's state. @throws Error that names the one that is unknown or does not fit */
export function checkedState(
  program: Program,
  state: Readonly<Record<string, TensorValue>>,
): [name: string, value: TensorValue][] {
  return Object.entries(state).map(([name, value]) => {
    const known = program.state.find(variable => variable.name === name);
    if (!known) throw new Error(`The program has no state named ${name}`);
    return [name, checkedValue(name, value, known.current)];
  });
}

/** Checks the names of outputs. @throws Error for a name that is no output of the program */
export function checkFetch(program: Program, fetch: readonly string[]): void {
  const unknown = fetch.find(name => !(name in program.outputs));
  if (unknown !== undefined) throw new Error(`The program has no output named ${unknown}`);
}

function checkedValue(
  name: string,
  value: TensorValue,
  { shape, type }: { shape: readonly number[]; type: string },
): TensorValue {
  const given = value.data instanceof Int32Array ? 'int32' : 'float32';
  if (value.shape.join() !== shape.join() || value.data.length !== sizeOf(shape) || given !== type) {
    throw new Error(
      `${name} is a tensor ${type} [${shape.join()}], ` +
        `not ${given} [${value.shape.join()}] with ${value.data.length} values`,
    );
  }
  return value;
}
