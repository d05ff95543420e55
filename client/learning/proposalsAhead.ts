import * as vscode from 'vscode';
import { ProposeRequest } from '../../protocol/learningMessages';
import { imagesAhead } from '../../mask/session/steps';
import type { Server } from '../server/server';
import type { LabellingSession } from '../session/labellingSession';

/** The images of one request: after each the order is that of where the user is then. */
const together = 2;
/** The failures in a row after which it ends: on a full disk all images fail. */
const mostFailures = 10;

export interface ProposalOptions {
  /** The images to propose for at most; those that the user comes to first. */
  readonly most: number;
  /** Called before the first image and after each few. */
  readonly onProgress: (done: number, count: number) => void;
}

/** Proposes masks by the network of a round for the images of a session that the user comes to next. */
export class ProposalsAhead {
  private readonly done = new Set<string>();
  private readonly cancellation = new vscode.CancellationTokenSource();

  /** @param isOpen whether an image is open in an editor, whose mask is not replaced behind the user's back */
  constructor(
    private readonly server: Server,
    private readonly session: LabellingSession,
    private readonly round: number,
    private readonly isOpen: (image: vscode.Uri) => boolean,
  ) {}

  /**
   * Proposes until there are as many proposals as asked for, or none is left to make.
   * @returns the reasons why images have none, a line each
   * @throws Error when the network cannot be used
   */
  async propose({ most, onProgress }: ProposalOptions): Promise<string[]> {
    const failures: string[] = [];
    let inRow = 0;
    const { token } = this.cancellation;
    for (let made = 0; made < most && inRow < mostFailures && !token.isCancellationRequested;) {
      const waiting = this.waiting();
      const images = this.firstClosed(waiting, Math.min(together, most - made));
      if (images.length === 0) break;
      onProgress(made, Math.min(most, made + waiting.length));
      const { outcomes } = await this.server.request(
        ProposeRequest,
        { folder: this.session.folder.toString(), round: this.round, images },
        { token },
      );
      for (const image of images) this.done.add(image);
      const failed = outcomes.flatMap(outcome => ('error' in outcome ? [outcome.error] : []));
      failures.push(...failed);
      inRow = failed.length < outcomes.length ? 0 : inRow + failed.length;
      made += images.length;
      await this.session.refresh(images);
    }
    return failures;
  }

  /** Ends the work. What is proposed by then stays. */
  stop(): void {
    this.cancellation.cancel();
  }

  /** The images that no person has touched and that have no proposal of this round yet, in the user's order. */
  private waiting(): string[] {
    const { place } = this.session;
    const { current } = place;
    const ahead = imagesAhead(place, Number.POSITIVE_INFINITY, ['none', 'proposed']);
    return ahead
      .filter(index => index !== current)
      .map(index => place.images[index]!.path)
      .filter(path => !this.done.has(path));
  }

  /** The first images that no editor has open. Only as many as needed are asked for: among 20,000 that takes long. */
  private firstClosed(paths: readonly string[], count: number): string[] {
    const closed: string[] = [];
    for (const path of paths) {
      if (closed.length === count) break;
      if (!this.isOpen(this.session.uriOf(path))) closed.push(path);
    }
    return closed;
  }
}
