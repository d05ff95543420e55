/** What a pointer does on the stage. Positions and distances are CSS pixels within it. */
export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number): void;
  doubleClick(): void;
}

/** A press that moves less than this is a click. */
const clickSlack = 4;
/** One notch of a mouse wheel, 100 units, zooms by this power of e; a pinch sends finer steps of larger effect. */
const wheelRate = 0.002;
const pinchRate = 0.01;

/** Turns pointer and wheel events into gestures: wheel and pinch zoom, shift and wheel pans, any button drags. */
export function listenForGestures(stage: HTMLElement, gestures: Gestures): void {
  let pressed: { x: number; y: number; moved: boolean; button: number } | null = null;
  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  stage.addEventListener('pointerdown', event => {
    if (event.button > 1 || (event.target as Element).closest('[data-over-picture]')) return;
    stage.setPointerCapture(event.pointerId);
    pressed = { ...place(event), moved: false, button: event.button };
    if (event.button === 1) event.preventDefault(); // no auto-scrolling
  });
  stage.addEventListener('pointermove', event => {
    const { x, y } = place(event);
    if (!pressed) { gestures.hover(x, y); return; }
    if (!pressed.moved && Math.hypot(x - pressed.x, y - pressed.y) < clickSlack) return;
    gestures.pan(x - pressed.x, y - pressed.y);
    pressed = { ...pressed, x, y, moved: true };
    stage.classList.add('panning');
  });
  const release = (event: PointerEvent): void => {
    const was = pressed;
    pressed = null;
    stage.classList.remove('panning');
    if (was && !was.moved && was.button === 0 && event.type === 'pointerup') gestures.click(was.x, was.y);
  };
  stage.addEventListener('pointerup', release);
  stage.addEventListener('pointercancel', release);
  stage.addEventListener('pointerleave', () => { gestures.leave(); });
  stage.addEventListener('dblclick', event => {
    if (!(event.target as Element).closest('[data-over-picture]')) gestures.doubleClick();
  });
  stage.addEventListener('wheel', event => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 300 : 1;
    if (event.shiftKey && !event.ctrlKey) { gestures.pan(-(event.deltaX || event.deltaY) * unit, 0); return; }
    const { x, y } = place(event);
    const power = -event.deltaY * unit * (event.ctrlKey ? pinchRate : wheelRate);
    gestures.zoom(Math.exp(Math.min(1, Math.max(-1, power))), x, y);
  }, { passive: false });
}
