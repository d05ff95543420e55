import { placeOn } from '../view/gestures';
import { labelUnder, type Desk } from './toolContext';

/**
 * VS Code's own context menu over the page (`webview/context` in package.json). A right-click on a label that is not
 * selected selects it, as everywhere; the menu's conditions are told what it is for: `labels` or the `picture`, and how
 * many are selected.
 * @param labelOf the region that stands for the label under the pointer in a list; null beside all
 */
export function offerContextMenu(
  desk: Desk,
  stage: HTMLElement,
  list: HTMLElement,
  labelOf: (target: Element) => number | null,
): void {
  const offer = (place: HTMLElement, event: MouseEvent, find: () => number | null): void => {
    const { labelling } = desk;
    const byPointer = event instanceof PointerEvent && event.pointerType !== '';
    const label = byPointer ? find() : labelling.selection.primary; // the keyboard's menu is for what is selected
    if (label !== null && !labelling.selection.has(label)) labelling.select([label]);
    const section = label === null ? 'picture' : 'labels';
    place.dataset.vscodeContext = JSON.stringify({
      webviewSection: section,
      labellessSelected: labelling.selectedLabels.length,
    });
  };
  stage.addEventListener('contextmenu', event => {
    offer(stage, event, () => labelUnder(desk, placeOn(stage, event)));
  });
  list.addEventListener('contextmenu', event => {
    offer(list, event, () => labelOf(event.target as Element));
  });
}
