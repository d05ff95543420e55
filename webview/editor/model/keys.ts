import type { PageAction } from '../../../protocol/pageActions';

/**
 * The keys of the page's actions, named as VS Code names keys. After the prefix of VS Code's keybinding (package.json)
 * the same key is the action's anywhere in VS Code, single keys turned off or not.
 */
export const keys: Partial<Record<PageAction, string>> = {
  'tool.select': 'v',
  'tool.brush': 'b',
  'tool.eraser': 'e',
  'tool.polygon': 'p',
  'tool.fill': 'g',
  'tool.grow': 'w',
  'tool.scribble': 'd',
  'tool.pick': 'i',
  'labels.merge': 'j',
  'labels.split': 's',
  'labels.finer': 'f',
  'labels.delete': 'delete',
  'labels.new': 'a',
  'labels.name': 't',
  'labels.rename': 'f2',
  'labels.recolour': 'r',
  'labels.recolourAll': 'shift+r',
  'labels.hide': 'h',
  'labels.isolate': 'x',
  'labels.showAll': 'shift+x',
  'labels.lock': 'k',
  'labels.selectAll': 'shift+a',
  'labels.deselect': 'shift+v',
  'labels.find': 'shift+l',
  'granularity.finer': 'pageup',
  'granularity.coarser': 'pagedown',
  'scribbles.clear': 'shift+d',
  'view.overlay': 'shift+m',
  'view.outlinesAlone': 'shift+o',
  'view.mask': 'n',
  'view.picture': 'm',
  'view.outlines': 'o',
  'view.list': 'l',
  'view.moreOpaque': '.',
  'view.lessOpaque': ',',
  'view.zoomIn': '=',
  'view.zoomOut': '-',
  'view.fit': '0',
  'view.actualSize': 'z',
  'view.information': 'shift+i',
  'view.compareLayout': 'c',
};

const byKey = new Map(Object.entries(keys).map(([action, key]) => [key, action as PageAction]));
/** Other keys for the same. */
const others: Readonly<Record<string, string>> = { '+': '=', backspace: 'delete', escape: 'shift+v' };

/**
 * A pressed key as VS Code names it; Shift counts with letters alone, since the other keys it makes other characters
 * of.
 */
export function keyOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  const name = key.toLowerCase();
  return shiftKey && /^\p{L}$/u.test(name) ? `shift+${name}` : name;
}

/** What a key does. */
export function actionOf(key: string): PageAction | undefined {
  return byKey.get(others[key] ?? key);
}

/** An action's key for people: `B`, `Shift+X`, `Delete`. */
export function keyTitle(action: PageAction): string {
  return (keys[action] ?? '').replace(/(^|\+)(.)/g, (_, plus: string, first: string) => plus + first.toUpperCase());
}
