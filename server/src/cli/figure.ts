import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeTogether } from '../../../files/atomic';
import { compareMethods, segmentByBoth, type Compared } from '../engine/formats/figure/compare';
import { drawFigure } from '../engine/formats/figure/figure';
import { checkReplaceable } from '../engine/formats/replace';
import { printable } from './display';
import { interruptedStatus, onInterrupt } from './interrupt';
import { optionSettings } from './options';
import { failureLine, failureOf } from './report';
import { backendOpener } from './segment';
import { UsageError } from './usage';

/** `labelless figure`: both methods side by side; see `usage.ts`. */
export async function figureCommand(args: string[]): Promise<number> {
  const { images, output, width, settings } = parse(args);
  await checkReplaceable('figure', output);
  const interrupt = onInterrupt();
  const openBackend = backendOpener({ settings });
  const signals = { stop: new AbortController().signal, cancel: interrupt.signal };
  const rows: Compared[] = [];
  try {
    for (const name of images) {
      try {
        rows.push(await segmentByBoth(path.resolve(name), settings, openBackend, signals));
      } catch (error) {
        interrupt.signal.throwIfAborted();
        process.stderr.write(
          `${failureLine(failureOf({ input: { file: path.resolve(name), name, output }, error }))}\n`,
        );
      }
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted; no figure is written\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
  if (rows.length === 0) return 1;
  await writeTogether(new Map([[output, await drawFigure(compareMethods(rows), width)]]));
  process.stdout.write(`${printable(output)}\n`);
  return rows.length < images.length ? 1 : 0;
}

function parse(args: string[]) {
  const {
    values: { output, width = '480', ...values },
    positionals: images,
  } = parsed(args);
  if (images.length === 0) throw new UsageError('figure wants an image');
  if (output === undefined || !/\.png$/i.test(output))
    throw new UsageError('figure wants -o FILE.png, the picture to write');
  const pixels = Number(width);
  if (!Number.isInteger(pixels) || pixels < 64 || pixels > 4096)
    throw new UsageError(`--width ${width}: a whole number from 64 to 4096 is wanted`);
  const settings = optionSettings(values);
  if (settings.method === 'adapted')
    throw new UsageError('--method names Method 1: clustering, superpixel or continuity');
  if (settings.adaptation.checkpoint === '')
    throw new UsageError('figure wants --checkpoint DIR, the folder of a trained run');
  return { images, output, width: pixels, settings };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        width: { type: 'string' },
        checkpoint: { type: 'string' },
        method: { type: 'string' },
        granularity: { type: 'string' },
        backend: { type: 'string' },
        threads: { type: 'string' },
        seed: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
