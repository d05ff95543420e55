import type { PageAction } from '../../protocol/pageActions';
import { actionOf, keyOf } from './model/keys';
import type { Names } from './model/labelNames';
import type { Toolbox } from './tools/toolbox';
import type { Stage } from './view/stage';

/** CSS pixels that an arrow key moves the picture. */
const panStep = 48;

/** Keys that work anywhere on the page but in a text box or on another control that takes them. */
export class Keyboard {
  /** Whether characters alone do something (WCAG 2.1, criterion 2.1.4: such keys can be turned off). */
  single = true;
  /** The first key of VS Code's keybindings for the page's actions was pressed: the next one is VS Code's. */
  private prefixed = false;

  constructor(
    private readonly stage: Stage,
    private readonly stageElement: HTMLElement,
    private readonly toolbox: Toolbox,
    private readonly names: Names,
    private readonly perform: (action: PageAction) => void,
  ) {
    window.addEventListener(
      'keydown',
      event => {
        this.lookForPrefix(event);
      },
      { capture: true },
    );
    window.addEventListener('keydown', event => {
      this.press(event);
    });
  }

  /**
   * The key after the prefix does nothing here, in a text box neither. It must reach VS Code, so that it is not stopped
   * but marked.
   */
  private lookForPrefix(event: KeyboardEvent): void {
    if (['Shift', 'Alt', 'Control', 'Meta'].includes(event.key)) return;
    if (this.prefixed) event.preventDefault();
    this.prefixed = !this.prefixed && event.shiftKey && event.altKey && event.code === 'KeyP';
  }

  private press(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTextBox(target)) return;
    const key = keyOf(event);
    if (!this.single && isCharacter(key)) return;
    if (isSlider(target) && key.startsWith('page')) return;
    if (
      this.toolbox.key(event.key) ||
      this.names.key(key) ||
      this.adjust(key) ||
      (target === this.stageElement && this.pan(key)) ||
      this.act(key)
    )
      event.preventDefault();
  }

  /** Brackets: more or less of what the tool has to give, else of regions. */
  private adjust(key: string): boolean {
    if (key !== '[' && key !== ']') return false;
    if (!this.toolbox.adjust(key === ']' ? 1 : -1))
      this.perform(key === ']' ? 'granularity.finer' : 'granularity.coarser');
    return true;
  }

  private pan(key: string): boolean {
    const way = { arrowleft: [panStep, 0], arrowright: [-panStep, 0], arrowup: [0, panStep], arrowdown: [0, -panStep] }[
      key
    ];
    if (way) this.stage.pan(way[0], way[1]);
    return way !== undefined;
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
