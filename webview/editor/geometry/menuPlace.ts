/**
 * Whether a menu is wanted where the pointer is, not by the menu key or Shift+F10, for what has the focus. The event of
 * the keyboard says that it is by no pointer, or, in some versions of Chromium, that no button of a mouse was pressed.
 */
export function isMenuByPointer(event: MouseEvent): boolean {
  return event instanceof PointerEvent && event.pointerType !== '' && event.button >= 0;
}
