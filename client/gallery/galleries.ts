import * as vscode from 'vscode';
import { wholeList, type ListView } from '../../mask/session/imageList';
import { parseGalleryState } from '../../protocol/galleryPage';
import type { CommandHandlers } from '../common/commands';
import { galleryType } from '../common/contributions';
import { imagesOf } from '../common/targets';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import type { Sessions } from '../session/sessions';
import { GalleryPanel } from './galleryPanel';
import { ImageGallery } from './imageGallery';

/** Opens and restores galleries: of the labelling session, and of the images of a selection or a batch. */
export class Galleries {
  /** The panel of the session's gallery, of which there is one at most. */
  private ofSession: vscode.WebviewPanel | undefined;

  constructor(
    private readonly server: Server,
    private readonly editors: MaskEditors,
    private readonly sessions: Sessions,
    private readonly extension: vscode.Uri,
  ) {}

  /** *Show Results*: opens a gallery of the images that a menu or another feature names. */
  async showResults(named: unknown, selection: unknown): Promise<void> {
    const images = await imagesOf(named, selection, vscode.l10n.t('Results'));
    if (images.length > 0) this.openImages(images);
  }

  /** Opens a gallery of images, of which there is at least one; others can be added. */
  openImages(images: readonly vscode.Uri[]): ImageGallery {
    return this.fillWithImages(newPanel(), images, wholeList);
  }

  /** *Show Gallery*: opens the gallery of the labelling session, or brings it to the front. */
  showSession(): void {
    if (this.ofSession) this.ofSession.reveal();
    else if (this.sessions.current) this.fillWithSession(newPanel());
  }

  /** Restores a gallery in a panel after the window was reloaded. `state` is what its page saved. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = parseGalleryState(state);
    if (!kept || (kept.source === 'session' && (!this.sessions.session || this.ofSession))) panel.dispose();
    else if (kept.source === 'session') this.fillWithSession(panel);
    else
      this.fillWithImages(
        panel,
        kept.source.map(uri => vscode.Uri.parse(uri)),
        kept.view ?? wholeList,
      );
  }

  /** Shows the session that there is, then the one after it; the panel closes with the session. */
  private fillWithSession(panel: vscode.WebviewPanel): void {
    this.ofSession = panel;
    const title = vscode.l10n.t('Gallery');
    const gallery = this.panelOf(panel, title);
    const show = () => {
      const { session } = this.sessions;
      if (session) gallery.show({ source: 'session', set: session, open: path => this.sessions.current.open(path) });
      else panel.dispose();
    };
    const listener = this.sessions.onChange(show);
    panel.onDidDispose(() => {
      listener.dispose();
      this.ofSession = undefined;
    });
    show();
  }

  private fillWithImages(panel: vscode.WebviewPanel, images: readonly vscode.Uri[], view: ListView): ImageGallery {
    const gallery = this.panelOf(panel, vscode.l10n.t('Results'));
    return new ImageGallery({ panel, gallery, server: this.server, editors: this.editors }, images, view);
  }

  private panelOf(panel: vscode.WebviewPanel, title: string): GalleryPanel {
    return new GalleryPanel(panel, this.server, this.editors, this.extension, title);
  }
}

function newPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(galleryType, '', vscode.ViewColumn.Active);
}

/** Activates the galleries and the commands that open them. */
export function activateGalleries(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
  editors: MaskEditors,
  sessions: Sessions,
): Galleries {
  const galleries = new Galleries(server, editors, sessions, context.extensionUri);
  commands.add('showResults', (named, selection) => galleries.showResults(named, selection));
  commands.add('showGallery', () => {
    galleries.showSession();
  });
  return galleries;
}
