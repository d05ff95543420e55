import type { Backend, Session } from '../../backend/session';
import type { Checkpoint } from '../run/checkpoint';
import type { BatchStream, ExperimentData } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { describePretrained, readPretrained } from '../networks/pretrainedWeights';
import { trainingProgram } from './trainingProgram';
import { stepFeeds } from './stepFeeds';

/** The error for training that diverged: a loss or a weight is no longer a number. */
export class DivergenceError extends Error {}

/** Runs training steps: holds the session and the streams of batches open. */
export class Trainer {
  private constructor(
    private readonly experiment: Experiment,
    private readonly session: Session,
    private readonly source: BatchStream,
    private readonly target: BatchStream | undefined,
  ) {}

  /**
   * Opens network and streams, at a checkpoint's state where there is one. Pretrained weights are looked for
   * from `base` on, and `log` receives a line about them.
   */
  static async open(
    experiment: Experiment,
    data: ExperimentData,
    backend: Backend,
    from: Checkpoint | undefined,
    base: string,
    log: (line: string) => void,
  ): Promise<Trainer> {
    const program = trainingProgram(experiment, data.classes.length);
    const pretrained =
      experiment.network.pretrained !== undefined && !from
        ? await readPretrained(experiment.network.pretrained, base, program.state)
        : undefined;
    if (pretrained) log(`${experiment.network.pretrained}: ${describePretrained(pretrained)}`);
    const source = await data.openSource(from?.cursors.source);
    const target = experiment.adaptation.strategy === 'none' ? undefined : await data.openTarget(from?.cursors.target);
    const session = await backend.createSession(program);
    await session.writeState(from?.tensors ?? pretrained?.state ?? {});
    return new Trainer(experiment, session, source, target);
  }

  /** Runs one step, counted from 1, and returns its losses. @throws DivergenceError when one is no number */
  async step(step: number): Promise<Record<string, number>> {
    const [source, target] = [await this.source.next(), await this.target?.next()];
    const outputs = await this.session.run(stepFeeds(this.experiment, step, source, target));
    const losses = Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0]!]));
    if (!Object.values(losses).every(Number.isFinite)) {
      throw new DivergenceError(
        `Step ${step}: a loss is no number any more (${Object.entries(losses)
          .map(([name, loss]) => `${name} ${loss}`)
          .join(', ')})`,
      );
    }
    return losses;
  }

  /** Reads the complete state. @throws DivergenceError when a weight is no number */
  async state(step: number): Promise<Pick<Checkpoint, 'tensors' | 'cursors'>> {
    const tensors = await this.session.readState();
    const broken = Object.entries(tensors).find(([, { data }]) => !data.every(Number.isFinite))?.[0];
    if (broken !== undefined) throw new DivergenceError(`Step ${step}: the weights ${broken} are no numbers any more`);
    return { tensors, cursors: { source: this.source.cursor(), ...(this.target && { target: this.target.cursor() }) } };
  }

  async close(): Promise<void> {
    await Promise.all([this.source.close(), this.target?.close(), this.session.dispose()]);
  }
}
