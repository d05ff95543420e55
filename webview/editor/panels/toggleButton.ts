import type { PageAction } from '../../../protocol/pageActions';
import { element } from '../../common/dom';
import { keyTitle } from '../model/keys';

/** Creates a button that is on or off, with the key of its action in the tooltip. */
export function toggleButton(
  icon: string,
  label: string,
  action: PageAction,
): HTMLElementTagNameMap['vscode-toolbar-button'] {
  return element('vscode-toolbar-button', { icon, title: `${label} (${keyTitle(action)})`, label, toggleable: true });
}
