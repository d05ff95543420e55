import type { Stage } from './view/stage';

export interface Shortcuts {
  granularity(step: number): void;
  flip(which: 'overlay' | 'outlines' | 'list'): void;
}

/** CSS pixels that an arrow key moves the picture. */
const panStep = 48;

/** Single keys that work anywhere on the page but in a text box or on another control that takes them. */
export function listenForKeys(stage: Stage, stageElement: HTMLElement, shortcuts: Shortcuts): void {
  const keys: Record<string, () => void> = {
    '+': () => { stage.zoom(1.25); }, '=': () => { stage.zoom(1.25); }, '-': () => { stage.zoom(0.8); },
    0: () => { stage.fit(); }, 1: () => { stage.actualSize(); },
    '[': () => { shortcuts.granularity(-0.05); }, ']': () => { shortcuts.granularity(0.05); },
    m: () => { shortcuts.flip('overlay'); }, o: () => { shortcuts.flip('outlines'); }, l: () => { shortcuts.flip('list'); },
  };
  const stageKeys: Record<string, () => void> = {
    ArrowLeft: () => { stage.pan(panStep, 0); }, ArrowRight: () => { stage.pan(-panStep, 0); },
    ArrowUp: () => { stage.pan(0, panStep); }, ArrowDown: () => { stage.pan(0, -panStep); },
  };
  window.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTextBox(event.composedPath()[0])) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = keys[key] ?? (event.target === stageElement ? stageKeys[key] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function isTextBox(target: EventTarget | undefined): boolean {
  return target instanceof HTMLInputElement && target.type !== 'range';
}
