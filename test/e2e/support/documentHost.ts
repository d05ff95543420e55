import { MaskDocument } from '../../../mask/document/maskDocument';
import { History } from '../../../mask/document/maskHistory';
import { difference } from '../../../mask/regions/patch';
import { editFromRequest } from '../../../mask/document/editRequests';
import { stateFromSegmentation } from '../../../mask/document/segmentation';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { EditorPageMessage } from '../../../protocol/editorPage';
import type { EditorPage } from './editorPage';
import type { Scene } from './scene';

/**
 * The host's side of a page with a real document behind it: edits are made, refused, undone and answered as in the
 * editor.
 */
export class DocumentHost {
  readonly document: MaskDocument;
  /** Edits that wait for `resume`. */
  private held: (() => Promise<void>)[] | null = null;
  private readonly history = new History();
  private readonly steps: ReturnType<History['remember']>[] = [];
  private sent: RegionMap;

  private constructor(
    private readonly editor: EditorPage,
    scene: Scene,
    granularity: number,
  ) {
    this.document = new MaskDocument(
      stateFromSegmentation({ regions: scene.regions, hierarchy: scene.hierarchy, granularity, run: null }),
    );
    this.sent = this.document.state.regions;
    editor.host = message => this.receive(message);
  }

  /** Opens a scene on the page. */
  static async open(editor: EditorPage, scene: Scene, granularity: number): Promise<DocumentHost> {
    const host = new DocumentHost(editor, scene, granularity);
    await editor.send({ type: 'picture', name: 'grid.png', bytes: scene.png, mime: 'image/png' });
    await editor.send({ type: 'regions', ...scene.regions, ids: scene.regions.ids.slice() });
    await editor.send({ type: 'hierarchy', hierarchy: host.document.state.hierarchy });
    await host.draw();
    await editor.page.locator('.status .size', { hasText: String(scene.regions.width) }).waitFor();
    await editor.drawn();
    return host;
  }

  /** Leaves edits unanswered until `resume`. */
  hold(): void {
    this.held = [];
  }

  async resume(): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    for (const answer of held) await answer();
  }

  async undo(): Promise<void> {
    const step = this.steps.pop();
    if (!step) throw new Error('There is nothing to undo.');
    this.document.apply({ kind: 'replace', state: this.history.recall(step) });
    await this.draw();
  }

  /** Steps that can be undone. */
  get depth(): number {
    return this.steps.length;
  }

  private async receive(message: EditorPageMessage): Promise<void> {
    if (message.type !== 'edit') return;
    const answer = async (): Promise<void> => {
      try {
        const edit = editFromRequest(this.document, message.edit);
        if (edit) {
          this.steps.push(this.history.remember(this.document.state));
          this.document.apply(edit);
        }
      } catch (error) {
        await this.editor.send({ type: 'problem', message: String(error) });
      }
      await this.draw();
      if (message.id !== undefined) await this.editor.send({ type: 'answer', id: message.id });
    };
    if (this.held) this.held.push(answer);
    else await answer();
  }

  private async draw(): Promise<void> {
    const { regions } = this.document.state;
    if (regions !== this.sent) {
      const { starts, lengths, after } = difference(this.sent.ids, regions.ids);
      await this.editor.send({ type: 'patch', count: regions.count, starts, lengths, ids: after });
      this.sent = regions;
    }
    await this.editor.send({ type: 'mask', mask: this.document.view() });
  }
}
