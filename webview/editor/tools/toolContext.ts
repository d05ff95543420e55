import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../../mask/document/editRequests';
import type { EditTarget } from '../../../mask/document/stateBuilder';
import type { Point } from '../geometry/columns';
import type { EditQueue } from '../model/editQueue';
import type { Labelling } from '../model/labelling';
import type { Stage } from '../view/stage';
import type { ToolOverlay } from '../view/stageOverlays';
import type { PaintTarget, PaintTargets } from './paintTarget';

/** The parts of the page that all tools work with. */
export interface ToolContext {
  readonly stage: Stage;
  readonly labelling: Labelling;
  readonly queue: EditQueue;
  readonly targets: PaintTargets;
  readonly overlay: ToolOverlay;
  /** Shows over the picture why something cannot be done. */
  readonly showHint: (reason: string) => void;
  /** Tells something to screen readers. */
  readonly announce: (text: string) => void;
}

/** Whether a target can be painted into now; if not, the reason is shown. */
export function canPaint({ labelling, showHint }: ToolContext, target: PaintTarget): boolean {
  if (!labelling.mask || !labelling.regions) return false;
  if (labelling.running) {
    showHint(l10n.t('Labels can be changed once the segmentation has ended.'));
    return false;
  }
  const label = target.kind === 'label' ? labelling.labelOfRegion(target.representative) : undefined;
  if (!label?.locked) return true;
  showHint(l10n.t('‘{0}’ is locked. Unlock it to change it.', label.name));
  return false;
}

/** Requests an edit into a target, whose label value is looked up when the edit's turn has come. */
export function requestPaint(
  { queue, labelling, targets }: ToolContext,
  target: PaintTarget,
  request: (into: EditTarget) => EditRequest,
  onDone?: () => void,
): void {
  let regionsBefore = 0;
  queue.add({
    request: () => {
      regionsBefore = labelling.regions?.count ?? 0;
      const into = target.requestValue();
      return into === null ? null : request(into);
    },
    onDone: () => {
      onDone?.();
      targets.handlePainted(target, regionsBefore);
    },
  });
}

/** The group at a position of the stage; 0 for background and beside the picture. */
export function groupUnderPointer({ stage, labelling }: ToolContext, position: Point): number {
  const pixel = stage.pictureAt(position);
  if (!pixel || !stage.picture) return 0;
  const { width, height } = stage.picture.size;
  return labelling.groupAt(pixel.x / width, pixel.y / height);
}

/** The pixel of the region map at a position of the stage; null beside the picture. */
export function pixelUnderPointer({ stage, labelling: { regions } }: ToolContext, position: Point): Point | null {
  const point = stage.toMap(position);
  if (!point || !regions) return null;
  const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
  return x >= 0 && y >= 0 && x < regions.width && y < regions.height ? { x, y } : null;
}

/** The representative of the label at a position of the stage; null for background and beside the picture. */
export function labelUnderPointer(context: ToolContext, position: Point): number | null {
  const group = groupUnderPointer(context, position);
  return group === 0 ? null : (context.labelling.grouping?.representative[group] ?? null);
}

/** Selects the label at a position of the stage, to paint with it. */
export function selectUnderPointer(context: ToolContext, position: Point): void {
  const label = labelUnderPointer(context, position);
  context.labelling.select(label === null ? [] : [label]);
}
