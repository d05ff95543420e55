import { actionLooks, type LabelAction } from './tools/labelActions';
import type { Toolbox } from './tools/toolbox';
import type { Stage } from './view/stage';

export interface Shortcuts {
  granularity(step: number): void;
  flip(which: 'picture' | 'mask' | 'outlines' | 'list'): void;
  act(action: LabelAction): void;
  /** The other layout of a comparison. */
  arrange(): void;
  /** Keys of names. @returns whether it was one */
  name(key: string): boolean;
  /** Escape with nothing else to end. */
  deselect(): void;
}

/** CSS pixels that an arrow key moves the picture. */
const panStep = 48;

/** Single keys that work anywhere on the page but in a text box or on another control that takes them. */
export function listenForKeys(stage: Stage, stageElement: HTMLElement, toolbox: Toolbox, shortcuts: Shortcuts): void {
  const keys: Record<string, () => void> = {
    '+': () => { stage.zoom(1.25); }, '=': () => { stage.zoom(1.25); }, '-': () => { stage.zoom(0.8); },
    0: () => { stage.fit(); }, z: () => { stage.actualSize(); },
    '[': () => { if (!toolbox.adjust(-1)) shortcuts.granularity(-0.05); }, ']': () => { if (!toolbox.adjust(1)) shortcuts.granularity(0.05); },
    m: () => { shortcuts.flip('picture'); }, n: () => { shortcuts.flip('mask'); }, o: () => { shortcuts.flip('outlines'); }, l: () => { shortcuts.flip('list'); },
    c: () => { shortcuts.arrange(); },
    Escape: () => { shortcuts.deselect(); }, Backspace: () => { shortcuts.act('erase'); },
    ...Object.fromEntries(actionLooks.map(({ action, key }) => [key.length === 1 ? key.toLowerCase() : key, () => { shortcuts.act(action); }])),
  };
  const stageKeys: Record<string, () => void> = {
    ArrowLeft: () => { stage.pan(panStep, 0); }, ArrowRight: () => { stage.pan(-panStep, 0); },
    ArrowUp: () => { stage.pan(0, panStep); }, ArrowDown: () => { stage.pan(0, -panStep); },
  };
  window.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTextBox(event.composedPath()[0])) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (toolbox.key(key) || shortcuts.name(key)) {
      event.preventDefault();
      return;
    }
    const action = keys[key] ?? (event.target === stageElement ? stageKeys[key] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function isTextBox(target: EventTarget | undefined): boolean {
  return (target instanceof HTMLInputElement && target.type !== 'range') || target instanceof HTMLSelectElement;
}
