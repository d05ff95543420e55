import * as l10n from '@vscode/l10n';
import type { At, Drag } from '../view/gestures';

export type ToolName = 'select' | 'brush' | 'eraser' | 'polygon' | 'fill' | 'grow' | 'scribble' | 'pick';

/** What the pointer does on the picture while a tool is chosen. All positions are CSS pixels on the stage. */
export interface Tool {
  /** Whether it paints into a label that the user chooses. */
  readonly paints: boolean;
  grab?(at: At): Drag | null;
  click?(at: At): void;
  /** @returns false leaves it to fitting the picture into the window */
  doubleClick?(at: At): boolean;
  hover?(at: At): void;
  leave?(): void;
  /** Another size, or whatever the tool has more and less of. */
  adjust?(steps: number): void;
  /** @returns whether the key means something to the tool now */
  key?(key: string): boolean;
  /** The tool is put away. */
  drop?(): void;
}

/**
 * What the strip says of a tool. `icon` is `codicon:` and a name of VS Code's font, or a shape of the page's own style
 * sheet.
 */
export interface ToolLook {
  readonly name: ToolName;
  readonly icon: string;
  readonly title: string;
  readonly hint: string;
}

export const toolLooks: readonly ToolLook[] = [
  {
    name: 'select',
    icon: 'pointer',
    title: l10n.t('Select'),
    hint: l10n.t('Click a label, Shift for more; Shift and drag for all in a rectangle'),
  },
  {
    name: 'brush',
    icon: 'brush',
    title: l10n.t('Brush'),
    hint: l10n.t('Drag to paint; Alt and wheel or [ ] for its size'),
  },
  {
    name: 'eraser',
    icon: 'codicon:eraser',
    title: l10n.t('Eraser'),
    hint: l10n.t('Drag to make background; Alt and wheel or [ ] for its size'),
  },
  {
    name: 'polygon',
    icon: 'polygon',
    title: l10n.t('Polygon'),
    hint: l10n.t('Click corners or drag a line; Enter or a double-click closes, Backspace takes a corner back'),
  },
  {
    name: 'fill',
    icon: 'codicon:paintcan',
    title: l10n.t('Fill'),
    hint: l10n.t('Click to give a connected part to the label'),
  },
  {
    name: 'grow',
    icon: 'codicon:magnet',
    title: l10n.t('Grow to Boundary'),
    hint: l10n.t('Click to take the region offered; Alt and wheel or [ ] for a larger or smaller one'),
  },
  {
    name: 'scribble',
    icon: 'codicon:edit',
    title: l10n.t('Scribble'),
    hint: l10n.t('Draw a few strokes a label, then segment with them; Alt and click deletes one'),
  },
  {
    name: 'pick',
    icon: 'dropper',
    title: l10n.t('Pick Label'),
    hint: l10n.t('Click a label to paint with it; also Alt and click with any tool'),
  },
];
