// Films the mask editor in a real window, for the README: a photo is segmented from the Explorer, the slider moves, an
// object is taken by one click and gets a name. Writes an animated WebP.
// Usage: node bench/bundle.mjs browser/editorFilm PHOTO OUTPUT.webp, behind `npm run package`
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openExplorerMenu } from '../../test/e2e/support/explorer';
import { MaskEditor } from '../../test/e2e/support/maskEditor';
import { openSession, openWindow } from '../../test/e2e/support/vscodeSession';
import { clickUntil, pressInEditor } from '../../test/e2e/support/workbench';

const [width, height] = [1200, 750];
/** The width of the film in pixels. */
const filmWidth = 900;
const pointer = `<svg xmlns="http://www.w3.org/2000/svg" width="18" height="24" viewBox="0 0 18 24"><path d="M1 1v18l5-4 3 7 3-1-3-7h7z" fill="#fff" stroke="#000" stroke-width="1.3"/></svg>`;

interface Frame {
  readonly picture: Buffer;
  readonly milliseconds: number;
}

/** Takes the pictures of a film, with the pointer, which screenshots leave out. */
class Film {
  private readonly frames: Frame[] = [];
  private place = { x: width / 2, y: height / 2 };

  constructor(readonly page: Page) {}

  /** Takes a picture that stays for some milliseconds. */
  async take(milliseconds: number): Promise<void> {
    const screen = await this.page.screenshot();
    const picture = await sharp(screen)
      .composite([{ input: Buffer.from(pointer), left: Math.round(this.place.x), top: Math.round(this.place.y) }])
      .png()
      .toBuffer();
    this.frames.push({ picture: await sharp(picture).resize(filmWidth).png().toBuffer(), milliseconds });
  }

  /** Moves the pointer in a few steps. */
  async move(x: number, y: number, steps = 4): Promise<void> {
    const from = this.place;
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      this.place = { x: from.x + (x - from.x) * share, y: from.y + (y - from.y) * share };
      await this.page.mouse.move(this.place.x, this.place.y);
      await this.take(70);
    }
  }

  async write(file: string): Promise<void> {
    await sharp(
      this.frames.map(({ picture }) => picture),
      { join: { animated: true } },
    )
      .webp({ quality: 70, effort: 6, delay: this.frames.map(({ milliseconds }) => milliseconds), loop: 0 })
      .toFile(file);
  }
}

/** The middle of an element in the window. */
async function middleOf(element: {
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}) {
  const box = await element.boundingBox();
  if (!box) throw new Error('what is filmed is out of sight');
  return { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function film(page: Page, name: string, file: string): Promise<void> {
  const film = new Film(page);
  const editor = new MaskEditor(page);
  const item = await openExplorerMenu(page, name, 'Segment Image');
  const place = await middleOf(item);
  await film.take(900);
  await film.move(place.x, place.y);
  await film.take(500);
  await clickUntil(item, page.locator('.monaco-menu'), 'hidden');
  for (let tick = 0; tick < 14; tick++) {
    await film.take(150);
    await page.waitForTimeout(150);
  }
  await editor.finished();
  await film.take(1200);
  const slider = await middleOf(editor.granularity);
  await film.move(slider.x, slider.y);
  for (const share of [0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.65, 0.6, 0.55, 0.5]) {
    await editor.granularity.fill(String(share * Number(await editor.granularity.getAttribute('max'))));
    await film.take(180);
  }
  await film.take(800);
  const stage = await middleOf(editor.stage);
  await editor.frame.getByRole('radio', { name: 'Object', exact: true }).click();
  for (const [x, y] of [
    [-0.05, -0.12],
    [0.0, -0.02],
    [0.03, 0.12],
  ])
    await film.move(stage.x + x * stage.width, stage.y + y * stage.height, 5);
  await film.take(700);
  await page.mouse.down();
  await page.mouse.up();
  await film.take(1200);
  await pressInEditor(editor, 'F2');
  await film.take(300);
  for (const letter of 'coffee') {
    await page.keyboard.type(letter);
    await film.take(110);
  }
  await page.keyboard.press('Enter');
  await editor.frame.locator('.side [role=row]', { hasText: 'coffee' }).waitFor();
  await film.take(2500);
  await film.write(file);
}

async function main([photo, output]: readonly string[]): Promise<void> {
  const session = await openSession();
  try {
    const name = path.basename(photo);
    const window = await openWindow(session, {
      width,
      height,
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
      prepare: folder => {
        for (const other of readdirSync(folder))
          if (other !== '.vscode') rmSync(path.join(folder, other), { recursive: true });
        copyFileSync(photo, path.join(folder, name));
      },
    });
    await window.page.waitForTimeout(5000); // VS Code starts its own extensions meanwhile
    await film(window.page, name, path.resolve(output));
    await window.close();
  } finally {
    await session.close();
  }
}

void main(process.argv.slice(2));
