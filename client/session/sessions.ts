import * as vscode from 'vscode';
import { wholeList } from '../../mask/session/imageList';
import { sessionViewType } from '../common/contributions';
import { folderOf, nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { activeFile } from '../common/tabs';
import { requireTrust } from '../common/trust';
import { setContextKey, type MaskEditors } from '../editor/maskEditorFeature';
import type { LearningAction } from '../../protocol/learningShown';
import type { SegmentOptions } from '../segment/segmentResult';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import { ImagesAhead } from './imagesAhead';
import { LabellingSession } from './labellingSession';
import { askForCount, SeriesLabels } from './seriesLabels';
import { recallSession, rememberSession, type RememberedSession } from './sessionMemory';
import { chooseFolder } from './sessionFolder';
import { SessionView } from './sessionView';
import { SessionWalk } from './sessionWalk';
import { watchSession } from './sessionWatch';

/** Milliseconds for which changes of the place are gathered before the workspace remembers it. */
const rememberDelay = 300;

/** The labelling session of the window, of which there is one at most: its list, its commands, its memory. */
export class Sessions {
  readonly view: SessionView;
  private readonly ahead: ImagesAhead;
  private walk: SessionWalk | undefined;
  private network: SegmentOptions | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when a session began or ended. */
  readonly onChange = this.changed.event;
  private readonly learningAsked = new vscode.EventEmitter<LearningAction>();
  /** Fires when the user asks for learning in the list. */
  readonly onLearningAction = this.learningAsked.event;
  private readonly parts: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly editors: MaskEditors,
    private readonly segmentations: Segmentations,
  ) {
    this.ahead = new ImagesAhead(server);
    this.view = new SessionView(context.extensionUri, {
      labelFolder: () => {
        void this.label(undefined).catch(reportError);
      },
      open: path => void this.walk?.open(path),
      learning: action => {
        this.learningAsked.fire(action);
      },
    });
  }

  /** The way through the session. @throws Error when there is no session */
  get current(): SessionWalk {
    if (!this.walk) throw new Error(vscode.l10n.t('Choose a folder to label first: Label This Folder.'));
    return this.walk;
  }

  get session(): LabellingSession | undefined {
    return this.walk?.session;
  }

  /** *Label This Folder*: begins a session on the folder named, of the active image, or that the user picks. */
  async label(named: unknown): Promise<void> {
    const folder = await chooseFolder(named);
    if (!folder || !(await requireTrust('session'))) return;
    await vscode.commands.executeCommand(`${sessionViewType}.focus`);
    if (this.walk?.session.folder.toString() === folder.toString()) return this.walk.session.load();
    const active = activeFile();
    const listed = this.begin({ folder, view: wholeList, current: undefined });
    const { session } = this.current;
    const isActiveIn = active !== undefined && folderOf(active).toString() === folder.toString();
    await (isActiveIn ? listed : Promise.race([listed, firstImages(session)])); // not the last of 20,000 images
    listed.catch(reportError);
    const path = active && session.pathOf(active);
    if (path !== undefined) session.setCurrent(path);
    else if ((session.images?.length ?? 0) > 0) await this.current.go('nextUnapproved');
    else
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'No image lies directly in {0}. If images are in its folders, label one of these.',
          nameOf(folder),
        ),
      );
  }

  /** Goes on with the session that the workspace had before the window was reloaded. */
  async restore(): Promise<void> {
    const remembered = recallSession(this.context.workspaceState);
    if (!remembered || !vscode.workspace.isTrusted || this.walk) return;
    await this.begin(remembered);
    const { session } = this.current;
    const [image, shown] = [remembered.current, this.activePath(session)];
    // A window may come back with the image before the last one, since VS Code keeps its tabs less often.
    const isElsewhere = shown !== undefined && shown !== image;
    if (image !== undefined && isElsewhere && session.indexOf(image) !== undefined) await this.current.open(image);
  }

  /** Segments images of the session that have no mask by a network in place of the method of the settings, or not. */
  segmentBy(network: SegmentOptions | undefined): void {
    this.network = network;
    this.ahead.segmentBy(network ?? {});
    this.walk?.lookAhead();
  }

  /** *Export Approved Masks*: the masks of the session that are approved, as one data set. */
  async exportApproved(): Promise<void> {
    const { session } = this.current;
    if (session.reading) await session.load();
    const approved = (session.images ?? []).filter(({ status }) => status === 'approved');
    if (approved.length === 0) throw new Error(vscode.l10n.t('No image is approved yet. Approve masks first.'));
    const images = approved.map(({ path }) => session.uriOf(path));
    await vscode.commands.executeCommand('labelless.exportMasks', images[0], images);
  }

  /** *Same as Previous*: the image takes the labels of the one before it by name. */
  takeFromPrevious(): Promise<void> {
    const { current, series } = this;
    return current.withCurrent(path => series.takeFromPrevious(path));
  }

  /**
   * *Propagate to the Next N*: asks for their number, unless a keybinding names it. The image's mask is saved first.
   */
  async propagate(named: unknown): Promise<void> {
    const { current, series } = this;
    const count = typeof named === 'number' ? named : await askForCount();
    if (count === undefined) return;
    let from: string | undefined;
    await current.withCurrent(async path => {
      await current.save(path);
      from = path;
    });
    if (from !== undefined) await series.propagate(from, count);
  }

  private get series(): SeriesLabels {
    return new SeriesLabels(this.current.session, this.editors, this.segmentations, this.server);
  }

  /** Ends the session. Masks and their status stay as they are. */
  close(): void {
    this.end();
    this.view.show(undefined);
    this.changed.fire();
    rememberSession(this.context.workspaceState, undefined);
  }

  private async begin({ folder, view, current }: RememberedSession): Promise<void> {
    this.end();
    const session = new LabellingSession(folder, view, current, this.server, this.editors.classFiles);
    const walk = (this.walk = new SessionWalk(
      session,
      this.editors,
      this.segmentations,
      this.ahead,
      () => this.network,
    ));
    setContextKey('session', true);
    this.parts.push(
      session,
      watchSession(session),
      session.onChange(({ part }) => {
        this.remember();
        if (part === 'view') walk.lookAhead();
      }),
      this.editors.onDidChangeActive(() => {
        const path = this.activePath(session);
        if (path !== undefined && path !== session.current) {
          session.setCurrent(path);
          walk.lookAhead();
        }
      }),
      this.editors.provider.onDidSave(({ uri }) => {
        const path = session.pathOf(uri);
        if (path !== undefined) session.refresh([path]).catch(reportError);
      }),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (!change.affectsConfiguration('labelless', folder)) return;
        this.ahead.clear();
        if (change.affectsConfiguration('labelless.output', folder)) session.load().catch(reportError);
        walk.lookAhead();
      }),
    );
    this.view.show(session);
    this.changed.fire();
    this.remember();
    await session.load();
    walk.lookAhead();
  }

  private activePath(session: LabellingSession): string | undefined {
    const active = this.editors.active();
    return active && session.pathOf(active.uri);
  }

  private end(): void {
    clearTimeout(this.timer);
    for (const part of this.parts.splice(0)) part.dispose();
    this.walk?.dispose();
    this.walk = undefined;
    setContextKey('session', false);
  }

  private remember(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.walk) rememberSession(this.context.workspaceState, this.walk.session.remembered);
    }, rememberDelay);
  }
}

/** Resolves when the first images of a session are known. */
function firstImages(session: LabellingSession): Promise<void> {
  return new Promise(resolve => {
    const listener = session.onChange(({ part }) => {
      if (part !== 'list') return;
      listener.dispose();
      resolve();
    });
  });
}
