import * as vscode from 'vscode';
import { withCarriedLabels, type CarriedLabels } from '../../mask/document/carriedLabels';
import { withScribbleLabels } from '../../mask/document/scribbleEdits';
import { parseEditRequest, stateAfter } from '../../mask/document/editRequests';
import { MaskDocument } from '../../mask/document/maskDocument';
import { sameView, type ImageView } from '../../mask/document/imageView';
import { MaskHistory, type MapChange, type Snapshot } from '../../mask/document/maskHistory';
import type { MaskState } from '../../mask/document/maskState';
import { viewOf } from '../../mask/document/segmentationRecord';
import { stateFromSegmentation, stateOverLocked, type Segmentation } from '../../mask/document/segmentation';
import type { ClassFile } from '../../mask/files/classFile';
import type { DrawnLabels } from '../../mask/formats/drawLabels';
import { importLabels } from '../../mask/formats/importLabels';
import type { ComparisonTarget, SegmentationProgress } from '../../protocol/editorPage';
import type { MaskLocation } from '../common/maskLocations';
import { KeptClasses } from './keptClasses';
import { editLabel } from './editLabel';
import { emptyMask, labelNamesFor } from './imageSettings';

/**
 * The part of a document that changed, which its pages have to draw again. `regions` includes the mask; `mapChange` is
 * given where the region map changed by an edit, an undo or a redo.
 */
export type DocumentChange =
  | { readonly part: 'regions'; readonly mapChange?: MapChange | null }
  | { readonly part: 'mask' | 'classes' | 'segmentation' | 'picture' | 'comparison' };

/** An undoable step of a document, in the form that VS Code takes. */
export interface UndoableStep {
  label: string;
  undo(): void;
  redo(): void;
}

/**
 * An image with its mask, as the editors on it show and change it. An undoable step keeps the states before and after
 * it, so undoing is right even when the mask was read again in between.
 */
export class ImageDocument implements vscode.CustomDocument {
  private mask: MaskDocument | null = null;
  private preview: MaskDocument | null = null;
  private readonly history = new MaskHistory();
  private running: SegmentationProgress | null = null;
  private against: ComparisonTarget | null = null;
  private readonly changed = new vscode.EventEmitter<DocumentChange>();
  private readonly stepped = new vscode.EventEmitter<UndoableStep>();
  private readonly disposed = new vscode.EventEmitter<void>();
  readonly onChange = this.changed.event;
  readonly onStep = this.stepped.event;
  readonly onDispose = this.disposed.event;
  /** The mask file's hash as last read or written; undefined when there is none. */
  diskHash: string | undefined;
  /** The state that was read from disk, where its mask was made of another image, or of this one before it changed. */
  ofAnotherImage: MaskState | undefined;
  /** Why the mask that was read has no slider; undefined where it has one. */
  note: string | undefined;

  private chosenView: ImageView | undefined;
  /** The class file that holds for the image, see `setClassFile`. */
  readonly classes = new KeptClasses();

  private readonly moved = new vscode.EventEmitter<void>();
  readonly onMove = this.moved.event;

  constructor(
    readonly uri: vscode.Uri,
    private maskLocation: MaskLocation,
  ) {}

  /** Where the mask is, or is to be saved. */
  get location(): MaskLocation {
    return this.maskLocation;
  }

  /** Changes where the mask is saved from now on. @param hash of the mask file that is there */
  setLocation(location: MaskLocation, hash: string | undefined): void {
    if (location.mask.toString() === this.maskLocation.mask.toString()) return;
    this.maskLocation = location;
    this.diskHash = hash;
    this.moved.fire();
  }

  /**
   * The range, bands and page of the image that are shown and segmented: those chosen in an editor, else those that the
   * mask was made from; undefined: as the settings say. They are no part of the mask until it is segmented.
   */
  get view(): ImageView | undefined {
    return this.chosenView ?? viewOf(this.state?.run ?? null, undefined);
  }

  /** Shows another range, other bands or another page of the image. */
  setView(view: ImageView): void {
    if (this.view && sameView(view, this.view)) return;
    this.chosenView = view;
    this.pictureChanged();
  }

  /** The state of the mask, which is saved, backed up and edited; null before the first segmentation. */
  get state(): MaskState | null {
    return this.mask?.state ?? null;
  }

  /** The mask that is saved, with its labels; null before the first segmentation. */
  get model(): MaskDocument | null {
    return this.mask;
  }

  /** The mask that the pages show: the preview of a segmentation, else the mask that is saved. */
  get shown(): MaskDocument | null {
    return this.preview ?? this.mask;
  }

  /** The progress of the segmentation that is running; null when none is. */
  get segmentation(): SegmentationProgress | null {
    return this.running;
  }

  /**
   * Sets the state without an undoable step, as after reading it from disk or from a backup, or by undo and redo.
   * @param mapChange the way from the previous region map to this one, where it is known
   */
  set(state: MaskState | null, mapChange: MapChange | null = null): void {
    const before = this.state;
    if (state === null) this.mask = null;
    else if (this.mask?.width === state.regions.width && this.mask.height === state.regions.height)
      this.mask.take(state);
    else this.mask = new MaskDocument(state, this.classes.list);
    const sameBase = state?.regions === before?.regions && state?.hierarchy === before?.hierarchy;
    if (!this.preview) this.changed.fire(sameBase ? { part: 'mask' } : { part: 'regions', mapChange });
  }

  /**
   * Makes an edit that a page requests. During a segmentation only the slider works, on the preview, and makes no edit.
   * @throws Error when the request is malformed, fits no label, or has to wait
   */
  request(untrusted: unknown): void {
    const { shown } = this;
    if (!shown) throw new Error(vscode.l10n.t('There is no mask yet: segment the image first.'));
    const request = parseEditRequest(untrusted);
    if (this.running && request.kind !== 'granularity')
      throw new Error(vscode.l10n.t('Labels can be changed once the segmentation has ended.'));
    const state = stateAfter(shown, request);
    if (!state) this.changed.fire({ part: 'mask' });
    else if (this.preview) {
      this.preview.take(state);
      this.changed.fire({ part: 'mask' });
    } else if (this.running) throw new Error(vscode.l10n.t('The mask can be changed once the segmentation has ended.'));
    else this.take(state, editLabel(request.kind));
  }

  /**
   * Begins an empty mask of background alone, as one undoable step.
   * @throws Error when there is a mask, or the size is beyond the limit
   */
  begin(width: number, height: number): void {
    if (this.shown || this.running) throw new Error(vscode.l10n.t('There is a mask already.'));
    this.take(emptyMask(this.uri, width, height), vscode.l10n.t('New Mask'));
  }

  /**
   * Lays labels of another program over the mask, or over an empty one, as one undoable step.
   * @returns whether that changed anything
   * @throws Error when the labels do not fit, or have to wait
   */
  importLabels(labels: DrawnLabels): boolean {
    if (this.running) throw new Error(vscode.l10n.t('The mask can be changed once the segmentation has ended.'));
    const { width, height } = labels.regions;
    const before = this.mask ?? new MaskDocument(emptyMask(this.uri, width, height), this.classes.list);
    const after = importLabels(before, labels, labelNamesFor(this.uri));
    if (after) this.take(after, vscode.l10n.t('Import Labels'));
    return after !== null;
  }

  /**
   * Takes labels of the image before it in a series as one undoable step; see `withCarriedLabels`.
   * @returns whether that changed anything
   * @throws Error when there is no mask, or it has to wait
   */
  carryLabels(carried: CarriedLabels): boolean {
    if (!this.mask) throw new Error(vscode.l10n.t('There is no mask yet: segment the image first.'));
    if (this.running) throw new Error(vscode.l10n.t('The mask can be changed once the segmentation has ended.'));
    const after = withCarriedLabels(this.mask, carried);
    if (after) this.take(after, vscode.l10n.t('Same as Previous'));
    return after !== null;
  }

  /** Takes the class file as it is now. Labels show the names and colours of their classes; the mask stays the same. */
  setClassFile(file: ClassFile | undefined): void {
    this.classes.set(file);
    for (const mask of [this.mask, this.preview]) if (mask) mask.classes = this.classes.list;
    this.changed.fire({ part: 'classes' });
  }

  /** Shows the progress of a segmentation; null ends the segmentation and removes its preview. */
  showSegmentation(progress: SegmentationProgress | null): void {
    this.running = progress;
    this.changed.fire({ part: 'segmentation' });
    if (progress || !this.preview) return;
    this.preview = null;
    this.changed.fire({ part: 'regions' });
  }

  /** Shows the preview of a segmentation, at the granularity that the user has set. */
  showPreview(result: Segmentation): void {
    const before = this.preview;
    const granularity = before?.state.granularity ?? result.granularity;
    const state = stateFromSegmentation({ ...result, granularity }, (before ?? this.mask)?.state);
    const sameBase = before?.state.regions === state.regions;
    if (before && sameBase) before.take(state);
    else this.preview = new MaskDocument(state, this.classes.list);
    this.changed.fire({ part: 'regions' });
  }

  /**
   * Takes the result of a segmentation as one undoable step; locked labels and scribbles stay, unless they are those of
   * a mask of another image, which nobody has edited since.
   * @param classes class number by region, where the segmentation was guided by scribbles
   */
  finishSegmentation(result: Segmentation, classes?: Uint8Array): void {
    const granularity = this.preview?.state.granularity ?? result.granularity;
    const shown = { ...result, granularity, folderClasses: this.classes.list };
    const fits = this.mask?.width === result.regions.width && this.mask.height === result.regions.height;
    const isOwn = this.ofAnotherImage === undefined || this.state !== this.ofAnotherImage;
    const after =
      this.mask && fits && isOwn
        ? stateOverLocked(this.mask, shown, this.shown?.state)
        : stateFromSegmentation(shown, this.shown?.state);
    const { scribbles } = (isOwn ? this.state : undefined) ?? {};
    const scribbled = scribbles ? { ...after, scribbles } : after;
    this.preview = null;
    this.take(
      classes && scribbles ? withScribbleLabels(scribbled, scribbles, classes) : scribbled,
      vscode.l10n.t('Segment Image'),
    );
  }

  /** What the pages compare the mask with. It is no part of the mask: neither saved nor undone. */
  get comparison(): ComparisonTarget | null {
    return this.against;
  }

  compare(against: ComparisonTarget | null): void {
    this.against = against;
    this.changed.fire({ part: 'comparison' });
  }

  /** Has the pages show the picture again, after its file has changed. */
  pictureChanged(): void {
    this.changed.fire({ part: 'picture' });
  }

  dispose(): void {
    this.disposed.fire();
    for (const emitter of [this.changed, this.stepped, this.moved, this.disposed]) emitter.dispose();
  }

  private take(state: MaskState, label: string): void {
    const before = this.state && this.history.remember(this.state).snapshot;
    const { snapshot: after, change } = this.history.remember(state);
    const recall = (snapshot: Snapshot) => {
      const recalled = this.history.recall(snapshot);
      this.set(recalled.state, recalled.change);
    };
    this.set(state, change);
    this.stepped.fire({
      label,
      undo: () => {
        if (before) recall(before);
        else this.set(null);
      },
      redo: () => {
        recall(after);
      },
    });
  }
}
