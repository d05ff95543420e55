import type { Backend } from './session';
import { clusteringTrial, networkTrial, type Trial } from './trialPrograms';

const tolerance = 1e-3;

/**
 * Trains a few steps of each method's kind of network on a back end, checks their losses, and returns the milliseconds
 * of the fastest step of Method 1.
 * @throws Error when the back end fails or computes wrong losses
 */
export async function tryBackend(backend: Backend, timedSteps = 5): Promise<number> {
  const milliseconds = await tryProgram(backend, clusteringTrial(), timedSteps);
  await tryProgram(backend, networkTrial(), 0);
  return milliseconds;
}

async function tryProgram(backend: Backend, { program, feeds, losses }: Trial, timedSteps: number): Promise<number> {
  const session = await backend.createSession(program);
  try {
    for (const [step, expected] of losses.entries()) {
      const { loss } = await session.run(feeds);
      if (!(Math.abs(loss.data[0] - expected) <= tolerance)) {
        throw new Error(
          `it computes wrong numbers: a loss of ${loss.data[0]} in step ${step + 1}, where ${expected} is right`,
        );
      }
    }
    let shortest = Infinity;
    for (let step = 0; step < timedSteps; step++) {
      const start = performance.now();
      await session.run(feeds);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
  } finally {
    await session.dispose();
  }
}
