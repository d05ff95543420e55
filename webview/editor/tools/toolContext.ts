import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../../mask/document/editRequests';
import type { EditQueue } from '../model/editQueue';
import type { Labelling } from '../model/labelling';
import type { At } from '../view/gestures';
import type { Stage } from '../view/stage';
import type { ToolOverlay } from '../view/stageOverlays';
import type { Target, Targets } from './paintTarget';

type Into = number | 'new';

/** What all tools work with. */
export interface Desk {
  readonly stage: Stage;
  readonly labelling: Labelling;
  readonly queue: EditQueue;
  readonly targets: Targets;
  readonly overlay: ToolOverlay;
  /** Says why something cannot be done. */
  refuse(why: string): void;
}

/** Whether a target can be painted with now; says why it cannot. */
export function isOpen(desk: Desk, target: Target): boolean {
  if (!desk.labelling.mask || !desk.labelling.regions) return false;
  if (desk.labelling.running) {
    desk.refuse(l10n.t('Labels can be changed once the segmentation has ended.'));
    return false;
  }
  const label = target.kind === 'label' ? desk.labelling.labelOfRegion(target.representative) : undefined;
  if (!label?.locked) return true;
  desk.refuse(`‘${label.name}’ is locked. Unlock it to change it.`);
  return false;
}

/** Asks for an edit into a target, which is named when the edit's turn has come. */
export function askInto(desk: Desk, target: Target, request: (into: Into) => EditRequest, done?: () => void): void {
  let before = 0;
  desk.queue.ask({
    request: () => {
      before = desk.labelling.regions?.count ?? 0;
      const into = target.into();
      return into === null ? null : request(into);
    },
    done: () => {
      done?.();
      desk.targets.painted(target, before);
    },
  });
}

/** The group under the pointer; 0 for background and beside the picture. */
export function groupUnder({ stage, labelling }: Desk, place: At): number {
  const at = stage.pictureAt(place);
  if (!at || !stage.picture) return 0;
  return labelling.groupAt(at.x / stage.picture.size.width, at.y / stage.picture.size.height);
}

/** The pixel of the map under the pointer; null beside the picture. */
export function pixelUnder({ stage, labelling }: Desk, at: At): { x: number; y: number } | null {
  const place = stage.toMap(at);
  const { regions } = labelling;
  if (!place || !regions) return null;
  const [x, y] = [Math.floor(place.x), Math.floor(place.y)];
  return x >= 0 && y >= 0 && x < regions.width && y < regions.height ? { x, y } : null;
}

/** The region that stands for the label under the pointer; null for background and beside the picture. */
export function labelUnder(desk: Desk, place: At): number | null {
  const group = groupUnder(desk, place);
  return group === 0 ? null : desk.labelling.grouping!.representative[group];
}

/** Selects the label under the pointer to paint with it. */
export function pick(desk: Desk, at: At): void {
  const label = labelUnder(desk, at);
  desk.labelling.select(label === null ? [] : [label]);
}
