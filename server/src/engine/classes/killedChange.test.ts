import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleProgram } from '../../../../files/testing/childProgram';
import { readTogether } from '../../../../files/together';
import { openMask } from '../../../../mask/files/maskFiles';
import { classesOfImage } from '../common/classesOfImage';
import { changeClass } from './changeClass';
import { classesText, writeClassedMask } from './testing/classedFolder';

const masks = ['a', 'deep/b'];
/** How many processes are tried at a time. */
const atOnce = 3;

/** Runs the change in a process. @returns whether it was killed */
function run(program: string, last: number, folder: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_PATH: path.resolve('node_modules') };
    execFile(process.execPath, [program, String(last), folder], { env }, (error, _, stderr) => {
      const isKilled = error?.signal === 'SIGKILL';
      if (error && !isKilled) reject(new Error(stderr, { cause: error }));
      resolve(isKilled);
    });
  });
}

/**
 * What a folder holds, as its readers find it, the masks of the deeper folder first: no reader has been in that of the
 * journal before.
 */
async function stateOf(folder: string): Promise<string> {
  const classes: (number | undefined)[][] = [];
  for (const stem of [...masks].reverse()) {
    const at = path.join(folder, stem);
    const [png, sidecar] = await readTogether([`${at}.mask.png`, `${at}.mask.json`], 1e6);
    const { document, ignored } = openMask(png!, sidecar);
    assert.equal(ignored, undefined);
    classes.push(document.view().labels.map(label => label.class));
  }
  const found = await classesOfImage(path.join(folder, 'a.png'));
  assert.ok(found && 'list' in found);
  return JSON.stringify([classes, found.list.classes.map(({ id }) => id)]);
}

suite('A change of a class that is killed', () => {
  let folder: string;
  suiteSetup(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'labelless killed-change-')));
  });
  suiteTeardown(() => rm(folder, { recursive: true }));

  test('at whichever call of the file system is done, or not at all, at the next reading', async function () {
    this.timeout(300_000);
    const program = await bundleProgram('server/src/engine/classes/testing/changeWorker.ts', folder);
    const scene = path.join(folder, 'scene');
    mkdirSync(path.join(scene, 'deep'), { recursive: true });
    writeFileSync(path.join(scene, 'labelless.classes.json'), classesText);
    writeClassedMask(path.join(scene, 'a.png'), [1, 4]);
    writeClassedMask(path.join(scene, 'deep/b.png'), [4, 4], { values: 'classes' });
    const unhurt = path.join(folder, 'unhurt');
    cpSync(scene, unhurt, { recursive: true });
    assert.equal(await run(program, 0, unhurt), false);
    const [old, done] = [await stateOf(scene), await stateOf(unhurt)];
    const files = readdirSync(unhurt, { recursive: true }).sort();
    const outcomes = new Map([old, done].map(state => [state, 0]));

    /** Tries a call; answers whether there is one of that number. */
    const tryCall = async (call: number): Promise<boolean> => {
      const copy = path.join(folder, `killed at ${call}`);
      cpSync(scene, copy, { recursive: true });
      const isKilled = await run(program, call, copy);
      const state = await stateOf(copy);
      assert.ok(outcomes.has(state), `killed at ${call}: ${state}`);
      outcomes.set(state, outcomes.get(state)! + 1);
      if (state === old) {
        const maskFolder = (relative: string) => path.join(copy, path.dirname(relative));
        await changeClass(copy, { kind: 'merge', id: 4, into: 1 }, { maskFolder, maxPixels: 1e6 });
      } else await run(program, 0, copy).catch(() => undefined); // there is no such class any more, but it looks around
      if (state === old) assert.deepEqual(readdirSync(copy, { recursive: true }).sort(), files, `killed at ${call}`);
      const record = path.join(copy, '.labelless.class-change.json');
      assert.deepEqual(readFileSync(record), readFileSync(path.join(unhurt, '.labelless.class-change.json')));
      return isKilled;
    };
    const tryFrom = async (first: number) => {
      for (let call = first; await tryCall(call); call += atOnce);
    };
    await Promise.all(Array.from({ length: atOnce }, (_, index) => tryFrom(index + 1)));
    assert.ok(outcomes.get(old)! > 20 && outcomes.get(done)! > 5, JSON.stringify([...outcomes.values()]));
  });
});
