// Milliseconds from the key to the picture and its mask on the screen, in a real window: *Next Image* of a labelling
// session over photos of 2 megapixels that have masks. Prints the median, the 90th percentile and the slowest.
// --empty measures an editor that shows a line of text and nothing else: what VS Code alone needs, in the same window.
// Usage: npm run bench:window -- [--data DIR] [--images N] [--empty], behind `npm run package`
// DIR has photos, at least N + 2; without it pictures are made.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { isImageName } from '../../mask/files/fileNames';
import { drawnMark, nextKey, packEmptyEditor } from './emptyEditor';
import { waitingTimes } from './waitingTimes';
import { chooseInExplorer } from '../../test/e2e/support/explorer';
import { MaskEditor, sessionList } from '../../test/e2e/support/maskEditor';
import { openSession, openWindow } from '../../test/e2e/support/vscodeSession';
import { picturePng } from '../../test/support/workspace';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    images: { type: 'string', default: '30' },
    empty: { type: 'boolean', default: false },
  },
});

/** The size of the photos: 2 megapixels. */
const [width, height] = [1632, 1224];
/** Images that are shown before it counts, so that everything is warm. */
const warmUp = 2;
/** Milliseconds that a person looks at an image at least. */
const looking = 1500;

/** Writes photos of 2 megapixels with masks into a folder. @returns their names in order */
async function makePhotos(folder: string, count: number): Promise<string[]> {
  const given = options.data === undefined ? [] : readdirSync(options.data).filter(isImageName).sort();
  if (options.data !== undefined && given.length < count)
    throw new Error(`${options.data} has ${given.length} photos, and ${count} are needed`);
  mkdirSync(folder);
  const names = Array.from({ length: count }, (_, index) => `photo ${String(index + 1).padStart(3, '0')}.jpg`);
  for (const [index, name] of names.entries()) {
    const source = options.data === undefined ? picturePng(408, 306, index + 1) : path.join(options.data, given[index]);
    await sharp(source)
      .rotate()
      .resize(width, height, { fit: 'cover' })
      .jpeg({ quality: 90 })
      .toFile(path.join(folder, name));
  }
  if (options.empty) return names; // nobody sees a mask
  const program = path.resolve('dist', 'cli.js');
  const { status } = spawnSync(process.execPath, [program, 'segment', folder, '--set', 'clustering.iterations=1'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The photos could not be segmented');
  return names;
}

/** The time after another at which a page in the window set a mark. */
async function markAfter(page: Page, mark: string, time: number): Promise<number> {
  for (;;) {
    for (const frame of page.frames()) {
      const drawn = await frame
        .evaluate(name => {
          const [entry] = performance.getEntriesByName(name);
          return entry && performance.timeOrigin + entry.startTime;
        }, mark)
        .catch(() => undefined); // a frame that went away
      if (drawn !== undefined && drawn > time) return drawn;
    }
    await page.waitForTimeout(20);
  }
}

const now = () => performance.timeOrigin + performance.now();

interface Stage {
  /** The mark that the page of an image sets once it is there. */
  readonly mark: string;
  /** Brings the keyboard to the image in sight. */
  readonly focus: () => Promise<void>;
}

async function measure(page: Page, names: readonly string[], { mark, focus }: Stage): Promise<number[]> {
  const took: number[] = [];
  for (const name of names.slice(1)) {
    await page.waitForTimeout(looking);
    await focus();
    const pressed = now();
    await page.keyboard.press(nextKey);
    const drawn = await markAfter(page, mark, pressed);
    await page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
    took.push(drawn - pressed);
    console.error(`${name}: ${Math.round(drawn - pressed)} ms`);
  }
  return took.slice(warmUp);
}

function report(took: readonly number[]): void {
  const { median, ninetieth, slowest } = waitingTimes(took);
  console.log(`| from the key to picture and mask | ms of ${took.length} |\n| --- | ---: |`);
  console.log(`| median | ${median} |\n| 90th percentile | ${ninetieth} |\n| slowest | ${slowest} |`);
}

/** Begins a labelling session on the photos. */
async function beginSession(page: Page, photos: number): Promise<Stage> {
  await chooseInExplorer(page, 'photos', 'Label This Folder');
  const list = sessionList(page);
  await list.getByText(`0 of ${photos} approved`).waitFor({ timeout: 60_000 });
  const editor = new MaskEditor(page);
  await editor.finished();
  return { mark: 'labelless.firstMask', focus: () => editor.stage.focus() };
}

/** Shows the first photo in the empty editor. */
async function beginEmpty(page: Page): Promise<Stage> {
  const focus = () => page.locator('.part.sidebar .monaco-list').first().focus();
  await page.waitForTimeout(5000); // extensions start some seconds after the window
  await focus();
  await page.keyboard.press(nextKey);
  await markAfter(page, drawnMark, 0);
  return { mark: drawnMark, focus };
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'labelless-bench-'));
  const photos = path.join(scratch, 'photos');
  try {
    const names = await makePhotos(photos, Number(options.images) + warmUp + 1);
    const session = await openSession(options.empty ? { vsix: packEmptyEditor(path.join(scratch, 'empty')) } : {});
    try {
      const window = await openWindow(session, {
        width: 1440,
        height: 900,
        prepare: folder => {
          mkdirSync(path.join(folder, 'photos'));
          for (const name of readdirSync(photos))
            copyFileSync(path.join(photos, name), path.join(folder, 'photos', name));
        },
      });
      const { page } = window;
      const stage = await (options.empty ? beginEmpty(page) : beginSession(page, names.length));
      report(await measure(page, names, stage));
      await window.close();
    } finally {
      await session.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
