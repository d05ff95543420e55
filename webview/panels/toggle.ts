import { element } from '../dom';

/** A button that is on or off, with the key that does the same where there is one. */
export function toggle(icon: string, label: string, key?: string): HTMLElementTagNameMap['vscode-toolbar-button'] {
  return element('vscode-toolbar-button', { icon, title: key === undefined ? label : `${label} (${key})`, label, toggleable: true });
}
