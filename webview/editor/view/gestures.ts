/** A pointer position on the stage in CSS pixels, and the modifier keys that are held. */
export interface PointerPosition {
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command on macOS. */
  readonly toggle: boolean;
}

/** Handles a drag that a tool has taken: every move until the button is released, or until something cancels it. */
export interface Drag {
  onMove(positions: readonly PointerPosition[]): void;
  onRelease(position: PointerPosition): void;
  onCancel(): void;
}

/** Callbacks for what the pointer does on the stage. Positions and distances are CSS pixels within it. */
export interface Gestures {
  onPan(dx: number, dy: number): void;
  onZoom(factor: number, x: number, y: number): void;
  /** Called for the wheel with Alt, which changes the tool's size; `steps` is 1 or -1. */
  onAdjust(steps: number): void;
  onHover(at: PointerPosition): void;
  onLeave(): void;
  /** Called when the first button is pressed; null leaves the press to clicking and panning. */
  onPress(at: PointerPosition): Drag | null;
  onClick(at: PointerPosition): void;
  onDoubleClick(at: PointerPosition): void;
}

/** The position of a pointer event on the stage. */
export function pointerPosition(stage: HTMLElement, event: MouseEvent): PointerPosition {
  const box = stage.getBoundingClientRect();
  return {
    x: event.clientX - box.left,
    y: event.clientY - box.top,
    shift: event.shiftKey,
    alt: event.altKey,
    toggle: event.ctrlKey || event.metaKey,
  };
}

/** All moves since the last event; browsers report them in secure contexts only. */
function coalesced(event: PointerEvent): PointerEvent[] {
  const all = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
  return all.length > 0 ? all : [event];
}

/** CSS pixels below which a press that moves is still a click. */
const clickSlack = 4;
/** One notch of a mouse wheel, 100 units, zooms by this power of e; a pinch sends finer steps of larger effect. */
const wheelRate = 0.002;
const pinchRate = 0.01;

interface Press {
  x: number;
  y: number;
  moved: boolean;
  button: number;
  drag: Drag | null;
}

/**
 * Turns pointer and wheel events into gestures: wheel and pinch zoom, shift and wheel pans. The first button is the
 * tool's, where it wants it; else it pans as the middle one does, and the first one while Space is held.
 */
export function listenForGestures(stage: HTMLElement, gestures: Gestures): void {
  let pressed: Press | null = null;
  let space = false;
  const place = (event: MouseEvent): PointerPosition => pointerPosition(stage, event);
  const end = (): Press | null => {
    const ended = pressed;
    pressed = null;
    stage.classList.remove('panning');
    return ended;
  };

  stage.addEventListener('pointerdown', event => {
    if (event.button > 1 || pressed || (event.target as Element).closest('[data-over-picture]')) return;
    stage.setPointerCapture(event.pointerId);
    const at = place(event);
    const drag = event.button === 0 && !space ? gestures.onPress(at) : null;
    pressed = { x: at.x, y: at.y, moved: false, button: event.button, drag };
    if (event.button === 1) event.preventDefault(); // no auto-scrolling
  });
  stage.addEventListener('pointermove', event => {
    const at = place(event);
    if (!pressed || pressed.drag) gestures.onHover(at);
    if (!pressed) return;
    if (pressed.drag) {
      pressed.drag.onMove(coalesced(event).map(place));
      return;
    }
    if (!pressed.moved && Math.hypot(at.x - pressed.x, at.y - pressed.y) < clickSlack) return;
    gestures.onPan(at.x - pressed.x, at.y - pressed.y);
    pressed = { ...pressed, x: at.x, y: at.y, moved: true };
    stage.classList.add('panning');
  });
  stage.addEventListener('pointerup', event => {
    const press = end();
    if (press?.drag) press.drag.onRelease(place(event));
    else if (press && !press.moved && press.button === 0 && !space) gestures.onClick(place(event));
  });
  const cancel = (): void => {
    end()?.drag?.onCancel();
  };
  stage.addEventListener('pointercancel', cancel);
  stage.addEventListener('lostpointercapture', () => {
    if (pressed) cancel();
  });
  stage.addEventListener('pointerleave', () => {
    gestures.onLeave();
  });
  stage.addEventListener('dblclick', event => {
    if (!(event.target as Element).closest('[data-over-picture]')) gestures.onDoubleClick(place(event));
  });
  stage.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 300 : 1;
      if (event.altKey) {
        gestures.onAdjust(-Math.sign(event.deltaY || event.deltaX));
        return;
      }
      if (event.shiftKey && !event.ctrlKey) {
        gestures.onPan(-(event.deltaX || event.deltaY) * unit, 0);
        return;
      }
      const { x, y } = place(event);
      const power = -event.deltaY * unit * (event.ctrlKey ? pinchRate : wheelRate);
      gestures.onZoom(Math.exp(Math.min(1, Math.max(-1, power))), x, y);
    },
    { passive: false },
  );

  const setSpace = (held: boolean): void => {
    space = held;
    stage.classList.toggle('space', held);
  };
  window.addEventListener(
    'keydown',
    event => {
      if (event.key === 'Escape' && pressed?.drag) {
        event.stopImmediatePropagation();
        cancel();
      }
      if (event.key !== ' ' || (event.target !== stage && event.target !== document.body)) return;
      event.preventDefault();
      setSpace(true);
    },
    { capture: true },
  );
  window.addEventListener('keyup', event => {
    if (event.key === ' ') setSpace(false);
  });
  window.addEventListener('blur', () => {
    setSpace(false);
    cancel();
  });
}
