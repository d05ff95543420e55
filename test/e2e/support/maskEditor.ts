import type { FrameLocator, Locator, Page } from 'playwright-core';

/**
 * The mask editor as a user sees it. Its page lies inside the two frames in which VS Code shows an extension's page.
 */
export class MaskEditor {
  readonly frame: FrameLocator;
  /** The part of the page that shows the picture. */
  readonly stage: Locator;
  readonly granularity: Locator;
  private readonly run: Locator;

  constructor(readonly page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    this.stage = this.frame.locator('.stage');
    this.granularity = this.frame.getByLabel('Granularity', { exact: true });
    this.run = this.frame.locator('.run');
  }

  button(name: string): Locator {
    return this.frame.locator('vscode-button', { hasText: name });
  }

  /** Waits until there is a mask and no segmentation is running. */
  async finished(): Promise<void> {
    await this.button('Segment Again').waitFor({ timeout: 60_000 });
    await this.run.waitFor({ state: 'hidden', timeout: 60_000 });
  }

  /** Waits until the network trains. */
  async training(): Promise<void> {
    await this.run.getByText(/Iteration \d+ of/).waitFor({ timeout: 60_000 });
  }

  /** The number of regions of the mask, as the slider shows it. */
  async regions(): Promise<number> {
    return parseInt(await this.frame.locator('.granularity .count').innerText(), 10);
  }

  /** The names of the labels in the list, as far as they are visible. */
  labels(): Promise<string[]> {
    return this.frame.locator('.side [role=row] .name > .name').allInnerTexts();
  }

  /** Shows only the labels' colours: full opacity, no outlines. */
  async showColoursAlone(): Promise<void> {
    await this.frame.getByLabel('Overlay opacity').fill('100');
    const outlines = this.frame.locator('vscode-toolbar-button[label=Outlines]');
    if (await isOn(outlines)) await outlines.click();
  }

  /** The picture pixel at a point of the window, as the status line shows it; undefined outside the picture. */
  async pixelAt(x: number, y: number): Promise<{ x: number; y: number } | undefined> {
    await this.page.mouse.move(x, y);
    await this.page.waitForTimeout(30);
    const match = /^(\d+), (\d+)$/.exec(await this.frame.locator('.status .place').innerText());
    return match === null ? undefined : { x: Number(match[1]), y: Number(match[2]) };
  }
}

/** Whether a toggle button of the page is on. */
export function isOn(button: Locator): Promise<boolean> {
  return button.evaluate((element: HTMLElement & { checked: boolean }) => element.checked);
}
