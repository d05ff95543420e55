import type { PageAction } from '../../protocol/pageActions';
import { actionOf, keyOf } from './model/keys';
import type { Classes } from './model/classes';
import type { LabelNames } from './model/labelNames';
import type { Toolbox } from './tools/toolbox';
import type { Stage } from './view/stage';

/** CSS pixels by which an arrow key moves the picture. */
const panStep = 48;

/** Handles keys anywhere on the page except in a text box or on another control that uses them. */
export class Keyboard {
  /** Whether keys of single characters are on. WCAG 2.1, criterion 2.1.4, requires that they can be turned off. */
  singleKeys = true;
  /** Whether the prefix of VS Code's keybindings for the page's actions was pressed: the next key is VS Code's. */
  private isPrefixed = false;

  constructor(
    private readonly stage: Stage,
    private readonly stageElement: HTMLElement,
    private readonly toolbox: Toolbox,
    private readonly model: { readonly names: LabelNames; readonly classes: Classes },
    private readonly perform: (action: PageAction) => void,
  ) {
    window.addEventListener(
      'keydown',
      event => {
        this.handlePrefix(event);
      },
      { capture: true },
    );
    window.addEventListener('keydown', event => {
      this.press(event);
    });
  }

  /**
   * Ignores the key after the prefix, also in a text box. The key must reach VS Code, so it is marked as handled rather
   * than stopped.
   */
  private handlePrefix(event: KeyboardEvent): void {
    if (['Shift', 'Alt', 'Control', 'Meta'].includes(event.key)) return;
    if (this.isPrefixed) event.preventDefault();
    this.isPrefixed = !this.isPrefixed && event.shiftKey && event.altKey && event.code === 'KeyP';
  }

  private press(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTextBox(target)) return;
    const key = keyOf(event);
    if (!this.singleKeys && isCharacter(key)) return;
    if (isSlider(target) && key.startsWith('page')) return;
    const onStage = target === this.stageElement;
    if (
      this.toolbox.handleKey({ key: event.key, shift: event.shiftKey, onStage }) ||
      this.model.classes.handleKey(event.key) ||
      this.model.names.handleKey(key) ||
      this.adjust(key) ||
      (onStage && this.pan(key)) ||
      this.act(key)
    )
      event.preventDefault();
  }

  /** Brackets change the size of the tool; for tools without one they change the granularity. */
  private adjust(key: string): boolean {
    if (key !== '[' && key !== ']') return false;
    if (!this.toolbox.adjust(key === ']' ? 1 : -1))
      this.perform(key === ']' ? 'granularity.finer' : 'granularity.coarser');
    return true;
  }

  private pan(key: string): boolean {
    const offsets = new Map([
      ['arrowleft', { x: panStep, y: 0 }],
      ['arrowright', { x: -panStep, y: 0 }],
      ['arrowup', { x: 0, y: panStep }],
      ['arrowdown', { x: 0, y: -panStep }],
    ]);
    const offset = offsets.get(key);
    if (offset) this.stage.pan(offset.x, offset.y);
    return offset !== undefined;
  }

  private act(key: string): boolean {
    const action = actionOf(key);
    if (action) this.perform(action);
    return action !== undefined;
  }
}

function isTextBox(target: EventTarget | undefined): boolean {
  return (target instanceof HTMLInputElement && target.type !== 'range') || target instanceof HTMLSelectElement;
}

function isSlider(target: EventTarget | undefined): boolean {
  return target instanceof HTMLInputElement || (target instanceof Element && target.role === 'slider');
}

function isCharacter(key: string): boolean {
  return /^(shift\+)?.$/u.test(key);
}
