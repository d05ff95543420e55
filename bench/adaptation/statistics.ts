import type { Backend } from '../../server/src/engine/backend/session';
import type { ExperimentData } from '../../server/src/engine/dataset/streaming/experimentData';
import type { Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { segmentationNetwork } from '../../server/src/engine/adaptation/networks';
import { startForwardPass } from '../../server/src/engine/adaptation/networks/forwardPass';
import { updateRunningAverages } from '../../server/src/engine/adaptation/networks/runningAverages';
import { NetworkWeights } from '../../server/src/engine/adaptation/networks/networkWeights';
import { createProgram, input } from '../../server/src/engine/graph';
import type { TensorValue } from '../../server/src/engine/graph/core/operation';

/**
 * The number of batches, which is enough for the running averages to forget the source: 0.95 to the power of this is
 * 0.002.
 */
const batches = 120;

type State = Readonly<Record<string, TensorValue>>;

/**
 * The state of a network trained on the source, with the running averages of batch normalisation taken from the target
 * (AdaBN, Li et al., 2018), or as the mean of the source's and the target's.
 */
export async function withStatistics(
  domains: 'both' | 'target',
  experiment: Experiment,
  state: State,
  data: ExperimentData,
  backend: Backend,
): Promise<State> {
  const {
    batch,
    size: [width, height],
    seed,
  } = experiment.training;
  const weights = new NetworkWeights('network', seed);
  const pass = startForwardPass(weights, 'batch');
  segmentationNetwork(experiment.network, data.classes.length)(input('target', [batch, 3, height, width]), pass);
  const program = createProgram({}, updateRunningAverages(weights.averaged, [pass.statistics]));
  const session = await backend.createSession(program);
  const target = await data.openTarget();
  await session.writeState(Object.fromEntries(program.state.map(({ name }) => [name, state[name]!])));
  for (let drawn = 0; drawn < batches; drawn++) await session.run({ target: (await target.next()).images });
  const taken = await session.readState();
  await Promise.all([target.close(), session.dispose()]);
  const between = (before: TensorValue, after: TensorValue) => ({
    ...after,
    data: Float32Array.from(after.data, (value, index) => (value + before.data[index]!) / 2),
  });
  // What was not taken again is the same in both states.
  return Object.fromEntries(
    Object.entries(state).map(([name, before]) => {
      const after = taken[name];
      return [name, after && domains === 'both' ? between(before, after) : (after ?? before)];
    }),
  );
}
