import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { WatchQueueRequest, type QueueProgress, type QueueResults } from '../../protocol/queueMessages';
import type { Galleries } from '../gallery/galleries';
import type { ImageGallery } from '../gallery/imageGallery';
import type { Server } from '../server/server';
import type { QueueLogin } from './queueLogins';
import { progressText, throughOf, type ResultPlaces } from './queueTexts';

/** Milliseconds between an answer and the next look, and where more results are ready. */
const pause = 2000;
const shortPause = 200;

type Progress = vscode.Progress<{ message: string; increment: number }>;

/** A queue that the user watches, and its results so far. */
export class WatchedQueue {
  /** Names this watch, for the server and in the id of a command. */
  readonly id = randomUUID();
  private readonly images = new Map<string, vscode.Uri>();
  private readonly elsewhere = new Set<string>();
  private readonly maskFolders = new Set<string>();
  private gallery: ImageGallery | undefined;
  private percentage = 0;

  constructor(
    private readonly server: Server,
    private readonly galleries: Galleries,
    private readonly login: QueueLogin,
    readonly name: string,
  ) {}

  /** Whether there is a result that a gallery can show. */
  get hasResults(): boolean {
    return this.images.size > 0;
  }

  get places(): ResultPlaces {
    return { elsewhere: [...this.elsewhere], maskFolders: [...this.maskFolders] };
  }

  /** Shows the results in a gallery, to which those are added that come later. */
  showResults(): void {
    if (this.gallery?.isOpen) this.gallery.reveal();
    else if (this.hasResults) this.gallery = this.galleries.openImages([...this.images.values()]);
  }

  /**
   * Follows the queue until all of its photos are through, no job is left, or nothing is queued any more.
   * @param link is put behind each text once there are results
   * @returns null where nothing is queued; undefined where the user has stopped watching
   * @throws Error with a sentence, where the queue cannot be read any more
   */
  async follow(
    progress: Progress,
    link: string,
    token: vscode.CancellationToken,
  ): Promise<QueueProgress | null | undefined> {
    const { login, name, id: watch } = this;
    let isStuck = false;
    const stop = new Promise<undefined>(resolve => {
      token.onCancellationRequested(() => {
        resolve(undefined);
      });
    });
    for (;;) {
      const answer = await Promise.race([this.server.request(WatchQueueRequest, { ...login, name, watch }), stop]);
      if (!answer) return undefined;
      let isMoreReady = false;
      if (answer.state === 'login') throw new Error(vscode.l10n.t('Redis at {0} refuses the password now.', login.url));
      if (answer.state === 'away') this.report(progress, vscode.l10n.t('{0}; waiting', answer.reason), link);
      else {
        const { queue, results } = answer;
        this.take(results);
        isMoreReady = results.more;
        const wasStuck = isStuck; // photos that are just being queued have no jobs for a moment
        isStuck = queue?.openJobs === 0;
        const isOver = queue === null || throughOf(queue) >= queue.photos.all || (isStuck && wasStuck);
        if (isOver && !isMoreReady) return queue;
        if (queue) this.report(progress, progressText(queue), link, (100 * throughOf(queue)) / queue.photos.all);
      }
      await Promise.race([sleep(isMoreReady ? shortPause : pause), stop]);
      if (token.isCancellationRequested) return undefined;
    }
  }

  private report(progress: Progress, text: string, link: string, percentage = 0): void {
    const now = Math.max(this.percentage, percentage);
    progress.report({ message: this.hasResults ? `${text} · ${link}` : text, increment: now - this.percentage });
    this.percentage = now;
  }

  private take({ images, elsewhere, maskFolders }: QueueResults): void {
    for (const place of elsewhere) this.elsewhere.add(place);
    for (const folder of maskFolders) this.maskFolders.add(folder);
    const news = images.filter(uri => !this.images.has(uri));
    for (const uri of news) this.images.set(uri, vscode.Uri.parse(uri));
    if (this.gallery?.isOpen) this.gallery.add(news.map(uri => this.images.get(uri)!));
  }
}
