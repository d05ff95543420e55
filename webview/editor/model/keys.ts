import type { PageAction } from '../../../protocol/pageActions';

/**
 * The keys of the page's actions, named as VS Code names keys. After the prefix of VS Code's keybindings (package.json)
 * each key performs its action anywhere in VS Code, even while single keys are turned off.
 */
export const keys: Partial<Record<PageAction, string>> = {
  'tool.select': 'v',
  'tool.brush': 'b',
  'tool.eraser': 'e',
  'tool.polygon': 'p',
  'tool.outline': 'q',
  'tool.fill': 'g',
  'tool.object': 'w',
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
  'view.unclassified': 'y',
  'view.moreOpaque': '.',
  'view.lessOpaque': ',',
  'view.zoomIn': '=',
  'view.zoomOut': '-',
  'view.fit': '0',
  'view.actualSize': 'z',
  'view.information': 'shift+i',
  'view.compareLayout': 'c',
  'view.display': 'shift+b',
  'view.resetDisplay': 'shift+u',
  'view.nextChannel': 'u',
};

const byKey = new Map(Object.entries(keys).map(([action, key]) => [key, action as PageAction]));
/** Further keys, by the key of the same action. */
const aliases: Readonly<Record<string, string>> = { '+': '=', backspace: 'delete', escape: 'shift+v' };

/** A pressed key as VS Code names it. Shift is part of the name for letters only; other characters imply it. */
export function keyOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  const name = key.toLowerCase();
  return shiftKey && /^\p{L}$/u.test(name) ? `shift+${name}` : name;
}

/** The action of a key; undefined where it has none. */
export function actionOf(key: string): PageAction | undefined {
  return byKey.get(aliases[key] ?? key);
}

/** The key of an action as users read it: `B`, `Shift+X`, `Delete`. */
export function keyTitle(action: PageAction): string {
  return (keys[action] ?? '').replace(/(^|\+)(.)/g, (_, plus: string, first: string) => plus + first.toUpperCase());
}
