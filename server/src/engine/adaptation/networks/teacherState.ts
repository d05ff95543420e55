import type { TensorValue } from '../../graph/core/operation';
import { networkPrefix, teacherPrefix } from './networkWeights';

type State = Readonly<Record<string, TensorValue>>;

/** Adds a teacher to a state that has none yet: it begins as the network. */
export function withTeacher(state: State): State {
  return { ...renamed(state, networkPrefix, teacherPrefix), ...state };
}

/** Gives the network the weights of the teacher, where there is one. */
export function withAverage(state: State): State {
  return { ...state, ...renamed(state, teacherPrefix, networkPrefix) };
}

export function withoutTeacher(state: State): State {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith(`${teacherPrefix}/`)));
}

/** The tensors of one prefix under another. */
function renamed(state: State, from: string, to: string): State {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, value]) =>
      name.startsWith(`${from}/`) ? [[`${to}${name.slice(from.length)}`, value]] : [],
    ),
  );
}
