import path from 'node:path';
import type { Backend, Session } from '../../backend/session';
import type { Checkpoint } from '../run/checkpoint';
import type { BatchStream, ExperimentData } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { usesTarget } from '../../experiment/targetUse';
import type { TensorValue } from '../../graph/core/operation';
import { describePretrained, pretrainedFile, readPretrained } from '../networks/pretrainedWeights';
import { withAverage, withoutTeacher, withTeacher } from '../networks/teacherState';
import { trainingProgram } from './trainingProgram';
import { stepFeeds } from './stepFeeds';
import { alignEncoder, mostBatches, photosPerBatch } from './targetStatistics';
import { phaseOf, sourceSteps, type TrainingPhase } from './trainingPhase';

/** The error for training that diverged: a loss or a weight is no longer a number. */
export class DivergenceError extends Error {}

export interface TrainerOptions {
  readonly data: ExperimentData;
  readonly backend: Backend;
  /** The folder that the path of pretrained weights is relative to. */
  readonly base: string;
  /** Receives a line about pretrained weights, and one about each thing that is done between two steps. */
  readonly log: (line: string) => void;
}

type State = Readonly<Record<string, TensorValue>>;

/** Runs training steps: holds the session and the streams of batches of the current phase open. */
export class Trainer {
  /** Whether the current phase is open: it is not where the next one could not be opened. */
  private isOpen = true;

  private constructor(
    private readonly experiment: Experiment,
    private readonly options: TrainerOptions,
    private current: OpenPhase,
  ) {}

  /** Opens network and streams, at a checkpoint's state where there is one. */
  static async open(experiment: Experiment, options: TrainerOptions, from: Checkpoint | undefined): Promise<Trainer> {
    const opened = await openPhase(phaseOf(experiment, (from?.step ?? 0) + 1), options, from);
    return new Trainer(experiment, options, opened);
  }

  /** Runs one step, counted from 1, and returns its losses. @throws DivergenceError when one is no number */
  async step(step: number): Promise<Record<string, number>> {
    await this.enterPhase(step);
    const { phase, source, target, session } = this.current;
    const feeds = stepFeeds(phase.experiment, step - phase.before, await source.next(), await target?.next());
    const outputs = await session.run(feeds);
    const losses = Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0]!]));
    if (!Object.values(losses).every(Number.isFinite)) {
      throw new DivergenceError(
        `Step ${step}: a loss is no number any more (${Object.entries(losses)
          .map(([name, loss]) => `${name} ${loss}`)
          .join(', ')})`,
      );
    }
    if (step === sourceSteps(this.experiment)) await this.finishSource();
    return losses;
  }

  /** Reads the complete state. @throws DivergenceError when a weight is no number */
  async state(step: number): Promise<Pick<Checkpoint, 'tensors' | 'cursors'>> {
    const { session, source, target } = this.current;
    const tensors = await session.readState();
    const broken = Object.entries(tensors).find(([, { data }]) => !data.every(Number.isFinite))?.[0];
    if (broken !== undefined) throw new DivergenceError(`Step ${step}: the weights ${broken} are no numbers any more`);
    return { tensors, cursors: { source: source.cursor(), ...(target && { target: target.cursor() }) } };
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await closePhase(this.current);
  }

  private async enterPhase(step: number): Promise<void> {
    const phase = phaseOf(this.experiment, step);
    if (phase.before === this.current.phase.before) return;
    const state = await this.state(step - 1);
    await this.close();
    this.current = await openPhase(phase, this.options, state);
    this.isOpen = true;
  }

  /**
   * Ends the steps on the source alone: the network becomes the average of its weights, where one is kept, and its
   * encoder is aligned with the target, where the experiment asks for that.
   */
  private async finishSource(): Promise<void> {
    const { session } = this.current;
    const before = await session.readState();
    const averaged = withAverage(before);
    const finished = withTeacher(withoutTeacher({ ...averaged, ...(await this.aligned(averaged)) }));
    await session.writeState(Object.fromEntries(Object.keys(before).map(name => [name, finished[name]!])));
  }

  private async aligned(state: State): Promise<State> {
    const { experiment } = this;
    const { data, backend, log } = this.options;
    const share = experiment.adaptation.targetStatistics;
    if (share === 0 || !experiment.target) return {};
    const most = photosPerBatch * mostBatches;
    log(`the encoder's statistics on target photos are brought to those on the source by ${Math.round(100 * share)} %`);
    return alignEncoder(backend, experiment, data.sourcePictures(most), data.targetPhotos(most), share, state);
  }
}

/** A phase with its session and its streams of batches. */
interface OpenPhase {
  readonly phase: TrainingPhase;
  readonly session: Session;
  readonly source: BatchStream;
  readonly target: BatchStream | undefined;
}

/** Opens a phase at a state: that of a checkpoint, or the one in which the phase before ended. */
async function openPhase(
  phase: TrainingPhase,
  { data, backend, base, log }: TrainerOptions,
  from: Pick<Checkpoint, 'tensors' | 'cursors'> | undefined,
): Promise<OpenPhase> {
  const { training, network } = phase.experiment;
  const program = trainingProgram(phase.experiment, data.classes.length);
  const file = from ? undefined : pretrainedFile(network, base);
  const pretrained = file === undefined ? undefined : await readPretrained(file, base, program.state);
  if (pretrained) log(`${path.basename(file!)}: ${describePretrained(pretrained)}`);
  const source = await data.openSource(from?.cursors.source, training);
  const target = usesTarget(phase.experiment) ? await data.openTarget(from?.cursors.target, training) : undefined;
  const session = await backend.createSession(program);
  const known = new Set(program.state.map(({ name }) => name));
  const state = from ? withTeacher(from.tensors) : (pretrained?.state ?? {});
  await session.writeState(Object.fromEntries(Object.entries(state).filter(([name]) => known.has(name))));
  return { phase, session, source, target };
}

async function closePhase({ session, source, target }: OpenPhase): Promise<void> {
  await Promise.all([source.close(), target?.close(), session.dispose()]);
}
