import * as l10n from '@vscode/l10n';
import type { Drag, PointerPosition } from '../view/gestures';

export type ToolName = 'select' | 'brush' | 'eraser' | 'polygon' | 'outline' | 'fill' | 'object' | 'scribble' | 'pick';

/** A key that is pressed on the page, without Ctrl, Alt or Command. */
export interface KeyPress {
  /** As browsers name it. */
  readonly key: string;
  readonly shift: boolean;
  /** Whether the stage has the focus, so that arrows and Enter are meant for the picture. */
  readonly onStage: boolean;
}

/** Handles the pointer and keys on the picture while it is active. All positions are CSS pixels on the stage. */
export interface Tool {
  /** Whether it paints into a label that the user chooses. */
  readonly paints: boolean;
  /** Why the tool cannot be used with this mask; null or absent where it can. */
  readonly obstacle?: string | null;
  /** Handles a press of the first button; null leaves it to clicking and panning. */
  onPress?(position: PointerPosition): Drag | null;
  onClick?(position: PointerPosition): void;
  /** @returns false to let a double-click fit the picture into the window */
  onDoubleClick?(position: PointerPosition): boolean;
  onHover?(position: PointerPosition): void;
  onLeave?(): void;
  /** Changes the tool's size by steps; tools without a size leave it out. */
  onAdjust?(steps: number): void;
  /** @returns whether the tool used the key */
  onKey?(press: KeyPress): boolean;
  /** Called when the tool has become the active one. */
  onActivate?(): void;
  /** Called when another tool is activated. */
  onDeactivate?(): void;
}

/** A tool as the tool strip shows it. */
export interface ToolDescription {
  readonly name: ToolName;
  /** `codicon:` and a name of VS Code's icon font, or a shape of the page's own style sheet. */
  readonly icon: string;
  readonly title: string;
  readonly hint: string;
}

export const toolDescriptions: readonly ToolDescription[] = [
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
    name: 'outline',
    icon: 'outline',
    title: l10n.t('Outline'),
    hint: l10n.t(
      'Select a label, drag its corners or edges; Alt and click removes a corner, Shift and drag moves a part; Enter applies, Escape or another tool drops',
    ),
  },
  {
    name: 'fill',
    icon: 'codicon:paintcan',
    title: l10n.t('Fill'),
    hint: l10n.t('Click to give a connected part to the label'),
  },
  {
    name: 'object',
    icon: 'codicon:magnet',
    title: l10n.t('Object'),
    hint: l10n.t(
      'Click to take the region offered, drag for all touched, Shift and drag for all in a rectangle; Alt and wheel or [ ] for a larger or smaller one here; Alt and click gives back. Keys: arrows, Enter',
    ),
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
    hint: l10n.t('Click a label to paint with it; also Alt and click while painting'),
  },
];
