import { readExperimentFile, type ExperimentFile } from '../../engine/experiment/experimentFile';
import { isTaken } from '../../engine/adaptation/run/runState';
import type { TrainingUpdate } from '../../../../protocol/trainingRun';
import { TrainingRunFollower } from './follower';
import { launchTraining } from './launch';
import type { TrainingSpec } from './messages';

/** Runs that this server has started or follows. Any number go on at a time, each in a process of its own. */
export class TrainingRuns {
  private readonly followers = new Map<string, Promise<TrainingRunFollower>>();
  private readonly starting = new Map<string, Promise<void>>();

  /**
   * @param program file of the training program
   * @param tell hears news of every run that is followed
   */
  constructor(
    private readonly program: string,
    private readonly tell: (news: TrainingUpdate) => void,
  ) {}

  /**
   * Starts the run of an experiment, unless it is under way, and follows it.
   * @throws ExperimentError for what is wrong in the file; {@link JobError} that says why the run cannot begin
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

  /** Follows a run until it ends, or `leave`. @throws Error where the folder holds no run */
  follow(folder: string): Promise<TrainingRunFollower> {
    const known = this.followers.get(folder);
    if (known) return known;
    const opened = TrainingRunFollower.open(folder);
    this.followers.set(folder, opened);
    const forget = () => {
      if (this.followers.get(folder) === opened) this.followers.delete(folder);
    };
    opened.then(follower => {
      follower.listen(this.tell);
      return follower.ended.then(forget);
    }, forget);
    return opened;
  }

  /** Follows a run no more. */
  async leave(folder: string): Promise<void> {
    (await this.followers.get(folder))?.close();
  }

  /** Follows nothing more. Runs go on for as long as their followerTimeout lets them. */
  retire(): void {
    for (const folder of this.followers.keys()) this.leave(folder).catch(() => undefined);
  }

  private async launch({ folder }: ExperimentFile, spec: TrainingSpec): Promise<void> {
    if (await isTaken(folder)) return;
    await this.leave(folder); // what an earlier run there has left
    await launchTraining(this.program, spec);
  }
}
