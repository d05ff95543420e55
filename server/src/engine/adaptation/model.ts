import type { Backend, Session } from '../backend/session';
import type { TensorValue } from '../graph/core/operation';
import type { Experiment } from './experiment';
import { inferenceProgram } from './programs';

/** A network for pictures of one size. */
export interface Model {
  /**
   * `classes` int32 [1,1,H,W] and, where asked for, `probabilities` [1,classes,H,W] of a normalised picture [1,3,H,W].
   */
  predict(image: TensorValue, fetch?: readonly ('classes' | 'probabilities')[]): Promise<Record<string, TensorValue>>;
  /** Takes over the weights of a state that may hold more than them. @throws Error that names weights it lacks */
  load(state: Readonly<Record<string, TensorValue>>): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens an experiment's network for inference on pictures of height × width. */
export async function openModel(
  backend: Backend,
  experiment: Experiment,
  classes: number,
  height: number,
  width: number,
): Promise<Model> {
  const program = inferenceProgram(experiment, classes, [1, height, width]);
  const session: Session = await backend.createSession(program);
  return {
    predict: (image, fetch = ['classes']) => session.run({ source: image }, fetch),
    load: async state => {
      const missing = program.state.filter(({ name }) => !(name in state)).map(({ name }) => name);
      if (missing.length > 0)
        throw new Error(
          `the weights lack ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''}`,
        );
      await session.writeState(Object.fromEntries(program.state.map(({ name }) => [name, state[name]])));
    },
    dispose: () => session.dispose(),
  };
}
