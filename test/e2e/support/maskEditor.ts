import type { FrameLocator, Locator, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';

/** Matches the outer frame of an extension's page in the side bar. */
const viewInSideBar = '[src*="purpose=webviewView"]';

/** The page of a session's list, in the side bar. */
export function sessionList(page: Page): FrameLocator {
  return page.frameLocator(`iframe.webview.ready${viewInSideBar}`).frameLocator('iframe#active-frame');
}

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
    this.frame = page.frameLocator(`iframe.webview.ready:not(${viewInSideBar})`).frameLocator('iframe#active-frame');
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

/** A colour of the mask file or of the screen, `r,g,b`. */
type Colour = string;

/** Reads the colour of each pixel of a mask file, an indexed PNG. */
export function maskColours(file: string): { width: number; height: number; at(x: number, y: number): Colour } {
  const { width, height, data, palette } = decode(readFileSync(file));
  if (palette === undefined) throw new Error(`${file} has no palette`);
  return { width, height, at: (x, y) => palette[data[y * width + x]].slice(0, 3).join(',') };
}

interface Sample {
  x: number;
  y: number;
  colour: Colour;
}

/**
 * Samples the screen of the editor at pixels of the picture. Points at an edge between colours are left out, since the
 * position of the pointer is known only to a pixel of the screen.
 */
export async function sampleScreen(editor: MaskEditor, columns = 12, rows = 9): Promise<Sample[]> {
  const box = await editor.stage.boundingBox();
  if (box === null) throw new Error('The picture is not on screen.');
  await editor.page.mouse.move(1, 1); // the region under the pointer is highlighted
  await editor.page.waitForTimeout(300);
  const screen = decode(await editor.page.screenshot());
  const colourAt = (x: number, y: number): Colour => {
    const start = (y * screen.width + x) * screen.channels;
    return Array.from(screen.data.subarray(start, start + 3)).join(',');
  };
  const samples: Sample[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = Math.round(box.x + (box.width * (column + 0.5)) / columns);
      const y = Math.round(box.y + (box.height * (row + 0.5)) / rows);
      const colour = colourAt(x, y);
      const flat = [
        [-2, -2],
        [-2, 2],
        [2, -2],
        [2, 2],
      ].every(([dx, dy]) => colourAt(x + dx, y + dy) === colour);
      const pixel = flat ? await editor.pixelAt(x, y) : undefined;
      if (pixel !== undefined) samples.push({ ...pixel, colour });
    }
  }
  return samples;
}
