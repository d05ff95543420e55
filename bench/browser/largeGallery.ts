// The gallery of a labelling session over a folder of very many photos, in a real window: milliseconds between pictures
// on the screen while it is scrolled, and from the end of a scroll until every card in sight has its picture.
// Usage: node bench/bundle.mjs browser/largeGallery [--images N] (20,000), behind `npm run package`
import { linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FrameLocator, Page } from 'playwright-core';
import sharp from 'sharp';
import { chooseInExplorer } from '../../test/e2e/support/explorer';
import { MaskEditor, sessionList } from '../../test/e2e/support/maskEditor';
import { openSession, openWindow } from '../../test/e2e/support/vscodeSession';
import { searchCommands } from '../../test/e2e/support/workbench';
import { picturePng } from '../../test/support/workspace';
import { waitingTimes } from './waitingTimes';

const { values: options } = parseArgs({ options: { images: { type: 'string', default: '20000' } } });
const images = Number(options.images);
/** Different pictures; the others are further names of them. */
const pictures = 50;
/** Where the gallery is scrolled to, as shares of its height. */
const places = [0.5, 0.1, 0.9, 0.3, 0.7, 1, 0.2, 0.8, 0.4, 0.6];

async function makeFolder(folder: string): Promise<void> {
  mkdirSync(folder);
  const nameOf = (index: number) => path.join(folder, `photo ${String(index + 1).padStart(6, '0')}.jpg`);
  for (let index = 0; index < images; index++)
    if (index < pictures)
      await sharp(picturePng(160, 120, index))
        .resize(640, 480)
        .jpeg()
        .toFile(nameOf(index));
    else linkSync(nameOf(index % pictures), nameOf(index));
}

/** What the list and the gallery show once all images are listed. */
const allListed = `0 of ${images.toLocaleString('en')} approved`;

/** Begins a session in the folder, shows its gallery, and waits until all images are listed. */
async function showGallery(page: Page): Promise<FrameLocator> {
  await chooseInExplorer(page, 'photos', 'Label This Folder');
  await sessionList(page).getByText(allListed).waitFor({ timeout: 300_000 });
  await (await searchCommands(page, 'Labelless: Show Gallery')).first().waitFor();
  await page.keyboard.press('Enter');
  const gallery = new MaskEditor(page).frame;
  await gallery.getByText(allListed).waitFor({ timeout: 60_000 });
  return gallery;
}

/** Goes to a place of the list, and returns the milliseconds until all cards in sight have their pictures. */
function scrollTo(gallery: FrameLocator, place: number): Promise<number> {
  return gallery.locator('.images').evaluate(async (box, share) => {
    const started = performance.now();
    box.scrollTop = share * (box.scrollHeight - box.clientHeight);
    const frame = () => new Promise(requestAnimationFrame);
    const { top, bottom } = box.getBoundingClientRect();
    const isInSight = (card: Element) => {
      const area = card.getBoundingClientRect();
      return area.bottom > top && area.top < bottom;
    };
    for (;;) {
      await frame();
      const cards = [...box.querySelectorAll('.cell')].filter(isInSight);
      if (cards.length > 0 && cards.every(card => card.querySelector('img')?.complete)) break;
      if (performance.now() - started > 60_000) return Infinity;
    }
    return performance.now() - started;
  }, place);
}

/** Scrolls on by half a card each frame, and returns the milliseconds of each frame. */
function scrollOn(gallery: FrameLocator, frames: number): Promise<number[]> {
  return gallery.locator('.images').evaluate(async (box, count) => {
    const times: number[] = [];
    for (let index = 0, last = performance.now(); index < count; index++) {
      box.scrollTop += 100;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times;
  }, frames);
}

function report(what: string, took: readonly number[]): void {
  const { median, ninetieth, slowest } = waitingTimes(took);
  console.log(`| ${what} | ${median} | ${ninetieth} | ${slowest} |`);
}

async function main(): Promise<void> {
  const session = await openSession();
  try {
    const window = await openWindow(session, {
      width: 1440,
      height: 900,
      prepare: folder => makeFolder(path.join(folder, 'photos')),
    });
    const gallery = await showGallery(window.page);
    await scrollTo(gallery, 0);
    const waited: number[] = [];
    for (const place of places) waited.push(await scrollTo(gallery, place));
    await scrollTo(gallery, 0.05);
    console.log(
      `| gallery of ${images} images, ms | median | 90th percentile | slowest |\n| --- | ---: | ---: | ---: |`,
    );
    report('between pictures on the screen, while scrolling', await scrollOn(gallery, 200));
    report('until all cards in sight have their pictures', waited);
    await window.close();
  } finally {
    await session.close();
  }
}

void main();
