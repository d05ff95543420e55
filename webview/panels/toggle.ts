import { element } from '../dom';

/** A button that is on or off. Its title may end with its key in brackets. */
export function toggle(icon: string, title: string): HTMLElementTagNameMap['vscode-toolbar-button'] {
  return element('vscode-toolbar-button', { icon, title, label: title.replace(/ \(.*/, ''), toggleable: true });
}
