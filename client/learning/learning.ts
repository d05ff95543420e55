import * as vscode from 'vscode';
import { isMadeByHand } from '../../mask/document/segmentation';
import { statusOf } from '../../mask/document/statusOf';
import { PrepareRoundRequest, UndoRoundRequest } from '../../protocol/learningMessages';
import type { LearningShown } from '../../protocol/learningShown';
import { AdaptRequest, ControlTrainingRunRequest, ReadTrainingRunRequest } from '../../protocol/trainingMessages';
import { isUnderWay, type TrainingRun } from '../../protocol/trainingRun';
import { readResult } from '../server/readResult';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import type { Sessions } from '../session/sessions';
import { ProposalsAhead } from './proposalsAhead';
import { recallRound, rememberRound, type RememberedRound } from './rememberedRound';

/** How many images get a proposal while the network is still learning, and once it has learned. */
const [proposedEarly, proposedAhead] = [3, 40];

/** Learning from the approved masks of the window's labelling session: one round at a time, and its proposals. */
export class Learning {
  private round: RememberedRound | undefined;
  private proposals: ProposalsAhead | undefined;
  /** The step of the checkpoint that proposals were made with. */
  private proposedAt = 0;
  private underWay = false;
  /** Whether a command of this window waits for the end of the training; after a reload none does. */
  private isAwaited = false;

  constructor(
    private readonly server: Server,
    private readonly sessions: Sessions,
    private readonly editors: MaskEditors,
    private readonly segmentations: Segmentations,
    private readonly memory: vscode.Memento,
  ) {}

  /** The folder of the training run of the last round; undefined where there is none. */
  get run(): string | undefined {
    return this.round?.run;
  }

  /** *Learn from My Masks*: trains the next round. Resolves once the first masks are proposed. */
  async learn(): Promise<void> {
    const { session } = this.sessions.current;
    if (this.underWay) throw new Error(vscode.l10n.t('A round is being learned already. Stop it first.'));
    const before = this.round;
    this.underWay = true;
    try {
      const folder = session.folder.toString();
      await this.sessions.current.settled(); // the last approval is to be learned from
      const prepared = await this.server.request(PrepareRoundRequest, { folder });
      this.proposals?.stop();
      this.take({ folder, number: prepared.number, experiment: prepared.experiment, run: prepared.run });
      this.show({ phase: 'training', round: prepared.number, step: 0, steps: 0, paused: false });
      const uri = vscode.Uri.file(prepared.experiment).toString();
      this.isAwaited = true;
      const { state, error = '' } = await this.server.request(AdaptRequest, { uri, mode: 'new' });
      if (state === 'failed') throw new Error(vscode.l10n.t('Round {0} failed: {1}', prepared.number, error));
    } catch (error) {
      this.take(before);
      if (before) this.useNetwork();
      throw error;
    } finally {
      this.underWay = this.isAwaited = false;
      this.show({ phase: 'none' });
    }
    await this.proposeAhead();
  }

  /** Takes the news of a training run: of the round's own, the first network proposes masks at once. */
  follow(run: TrainingRun): void {
    if (run.folder !== this.round?.run) return;
    if (!isUnderWay(run)) {
      if (this.isAwaited || !this.underWay) return;
      this.underWay = false;
      this.show({ phase: 'none' });
      this.proposeAhead().catch(reportError);
      return;
    }
    this.underWay = true;
    const { step, steps, state } = run;
    this.show({ phase: 'training', round: this.round.number, step, steps, paused: state === 'paused' });
    if (run.checkpoint === undefined || this.proposedAt > 0 || !this.hasSession(this.round)) return;
    this.proposedAt = run.checkpoint;
    this.useNetwork();
    this.newProposals()
      .propose({ most: proposedEarly, onProgress: () => undefined })
      .catch(reportError);
  }

  /** Has the last round propose masks for the images that the user comes to next, or for all. */
  async proposeAll(most: number): Promise<void> {
    const { round } = this;
    if (!this.hasSession(round))
      throw new Error(vscode.l10n.t('Nothing has been learned in this folder yet: Learn from My Masks.'));
    this.useNetwork();
    const proposals = this.newProposals();
    try {
      const failures = await proposals.propose({
        most,
        onProgress: (done, count) => {
          this.show({ phase: 'proposing', round: round.number, done, count });
        },
      });
      if (failures.length > 0) void vscode.window.showWarningMessage(failures.slice(0, 3).join(' '));
    } finally {
      if (!this.underWay) this.show({ phase: 'none' });
    }
  }

  /** Ends the training, whose network by then is kept, or the proposals. */
  async stop(): Promise<void> {
    this.proposals?.stop();
    const { round } = this;
    if (round && this.underWay)
      await this.server.request(ControlTrainingRunRequest, { folder: round.run, action: 'stop' });
  }

  /** *Undo Round*: gives the images that nobody has touched the masks back that they had before. */
  async undo(): Promise<void> {
    const { session } = this.sessions.current;
    this.proposals?.stop();
    const { number, restored, left, failures } = await this.server.request(UndoRoundRequest, {
      folder: session.folder.toString(),
    });
    if (this.hasSession(this.round)) this.take(undefined);
    await session.refresh([...restored, ...left]);
    const kept =
      left.length > 0 ? ` ${vscode.l10n.t('{0} changed since then are left as they are.', left.length)}` : '';
    const message = vscode.l10n.t('Round {0} is undone: {1} images are as before it.', number, restored.length) + kept;
    if (failures.length > 0) void vscode.window.showWarningMessage(`${message} ${failures.slice(0, 3).join(' ')}`);
    else void vscode.window.showInformationMessage(message);
  }

  /**
   * Follows the window's session: that of the round's folder goes on with the round, also after a reload, and another
   * one does without.
   */
  async sessionChanged(): Promise<void> {
    const round = this.round ?? recallRound(this.memory);
    if (!round) return;
    if (!this.hasSession(round)) {
      this.proposals?.stop();
      this.sessions.segmentBy(undefined);
      return;
    }
    if (this.round) return this.useNetwork();
    const { run } = await readResult(await this.server.request(ReadTrainingRunRequest, { folder: round.run }));
    this.round = round;
    if (isUnderWay(run)) this.follow(run);
    else if (run.checkpoint !== undefined) this.useNetwork();
  }

  /** Proposes masks by the network that was learned, unless the user labels another folder by now. */
  private async proposeAhead(): Promise<void> {
    if (this.hasSession(this.round)) await this.proposeAll(proposedAhead);
  }

  private take(round: RememberedRound | undefined): void {
    this.round = round;
    this.proposedAt = 0;
    this.sessions.segmentBy(undefined);
    rememberRound(this.memory, round);
  }

  /** Whether there is a round, and the user labels its folder. */
  private hasSession(round: RememberedRound | undefined): round is RememberedRound {
    return round !== undefined && this.sessions.session?.folder.toString() === round.folder;
  }

  /** Has images without a mask segmented by the round's network; also the one that the user looks at. */
  private useNetwork(): void {
    const { round, sessions } = this;
    if (!this.hasSession(round)) return;
    const network = { method: 'adapted' as const, checkpoint: round.run };
    sessions.segmentBy(network);
    const document = this.editors.active();
    if (!document?.state || sessions.session?.pathOf(document.uri) === undefined) return;
    const { run } = document.state;
    const isUntouched = statusOf(document.state) === 'proposed' && !isMadeByHand(document.state);
    const isByFirst = run?.parameters.steps === this.proposedAt;
    if (isUntouched && (isByFirst || run?.model !== nameOf(vscode.Uri.file(round.run))))
      void this.segmentations.segment(document, network);
  }

  private newProposals(): ProposalsAhead {
    this.proposals?.stop();
    const isOpen = (image: vscode.Uri) => this.editors.documentOf(image) !== undefined;
    return (this.proposals = new ProposalsAhead(
      this.server,
      this.sessions.current.session,
      this.round!.number,
      isOpen,
    ));
  }

  private show(learning: LearningShown): void {
    this.sessions.view.showLearning(learning);
  }
}
