import type { Backend, TensorValue } from '../../server/src/engine/backend/session';
import type { ExperimentData } from '../../server/src/engine/adaptation/data';
import type { Experiment } from '../../server/src/engine/adaptation/experiment';
import { networkOf } from '../../server/src/engine/adaptation/networks/network';
import { startPass } from '../../server/src/engine/adaptation/networks/pass';
import { Weights } from '../../server/src/engine/adaptation/networks/weights';
import { createProgram, input } from '../../server/src/engine/graph';

/** Enough for the running averages to forget the source: 0.95 to the power of this is 0.002. */
const batches = 120;

type State = Readonly<Record<string, TensorValue>>;

/** A trained network's state with the running averages of batch normalisation taken from the target (AdaBN, Li et al., 2018). */
export async function withTargetStatistics(experiment: Experiment, state: State, data: ExperimentData, backend: Backend): Promise<State> {
  const { batch, size: [width, height], seed } = experiment.training;
  const pass = startPass(new Weights('network', seed), 'batch');
  networkOf(experiment.network, data.classes.length)(input('target', [batch, 3, height, width]), pass);
  const program = createProgram({}, pass.averages);
  const session = await backend.createSession(program);
  const target = await data.openTarget();
  await session.writeState(Object.fromEntries(program.state.map(({ name }) => [name, state[name]])));
  for (let drawn = 0; drawn < batches; drawn++) await session.run({ target: (await target.next()).images });
  const taken = await session.readState();
  await Promise.all([target.close(), session.dispose()]);
  return { ...state, ...taken };
}
