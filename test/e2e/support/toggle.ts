import type { Locator } from 'playwright-core';

/** Whether a button of the page that can be on or off is on. */
export function isOn(button: Locator): Promise<boolean> {
  return button.evaluate((one: HTMLElement & { checked: boolean }) => one.checked);
}
