import type { TrainingUpdate } from '../../../../protocol/trainingRun';
import { readExperimentFile, type ExperimentFile } from '../../engine/experiment/experimentFile';
import { isTrainedElsewhere } from '../../engine/adaptation/run/runState';
import { TrainingRunFollower } from './trainingRunFollower';
import { launchTraining, type TrainingSpec } from './launch';

/** The training runs that one server follows. Any number can run at a time, each in a process of its own. */
export class TrainingRuns {
  private readonly followers = new Map<string, Promise<TrainingRunFollower>>();
  private readonly starting = new Map<string, Promise<void>>();

  /**
   * @param program file of the training program
   * @param onUpdate called with updates of every run that is followed
   */
  constructor(
    private readonly program: string,
    private readonly onUpdate: (update: TrainingUpdate) => void,
  ) {}

  /**
   * Starts the run of an experiment, unless it is already under way, and follows it.
   * @throws ExperimentError for what is wrong in the file; {@link JobError} with the reason why the run cannot begin;
   * DataChangedError
   */
  async start(spec: TrainingSpec): Promise<TrainingRunFollower> {
    const experiment = await readExperimentFile(spec.file);
    const begun = this.starting.get(experiment.folder) ?? this.launch(experiment, spec);
    this.starting.set(experiment.folder, begun);
    try {
      await begun;
    } finally {
      this.starting.delete(experiment.folder);
    }
    return this.follow(experiment.folder);
  }

  /** Follows a run until it ends or `leave` is called. @throws Error where the folder holds no run */
  follow(folder: string): Promise<TrainingRunFollower> {
    const known = this.followers.get(folder);
    if (known) return known;
    const opened = TrainingRunFollower.open(folder);
    this.followers.set(folder, opened);
    const remove = () => {
      if (this.followers.get(folder) === opened) this.followers.delete(folder);
    };
    opened.then(follower => {
      follower.onUpdate(this.onUpdate);
      return follower.ended.then(remove);
    }, remove);
    return opened;
  }

  /** Ends following a run. */
  async leave(folder: string): Promise<void> {
    (await this.followers.get(folder))?.close();
  }

  /** Ends following all runs. They go on until their timeout without a follower. */
  retire(): void {
    for (const folder of this.followers.keys()) this.leave(folder).catch(() => undefined);
  }

  private async launch({ folder }: ExperimentFile, spec: TrainingSpec): Promise<void> {
    if (await isTrainedElsewhere(folder)) return;
    await this.leave(folder); // what an earlier run there has left
    await launchTraining(this.program, spec);
  }
}
