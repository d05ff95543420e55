import path from 'node:path';
import { encodeBytes, encodeHierarchy, encodeRegions } from '../../../../mask/files/codec';
import { mergesAt } from '../../../../mask/regions/cut';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { siblingNames, writeOutputs } from '../../engine/formats/writeOutputs';
import type { RunSummary } from '../../../../protocol/segmentMessages';
import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import { segmentFile, type SegmentedImage } from '../../engine/segment/segmentFile';
import type { MethodProgress } from '../../engine/common/methodRun';
import type { SegmentTask, SegmentTaskResult } from '../messages';
import { spillLarge } from '../spill';
import { openBackend } from './backend';
import { Pacer } from './pacer';
import { segmentByReferences } from './references';
import type { TaskContext } from './run';

/** Segments one image file, and writes it or hands it over, with progress and previews on the way. */
export async function segment(
  task: SegmentTask,
  { signals, folder, emit, beginWriting }: TaskContext,
): Promise<SegmentTaskResult> {
  const { target } = task;
  const encode = onceEach(encodeRegions);
  const result =
    task.references.length > 0
      ? await segmentByReferences(task, { signals, emit })
      : await train(task, { signals, emit }, encode);
  emit({ type: 'log', level: 'info', message: describe(task.path, result.summary) });
  if (target === 'write') {
    beginWriting();
    return write(result, task, emit);
  }
  const {
    segmentation: { regions, hierarchy, model, scribbleClasses },
    summary,
  } = result;
  const classes = {
    ...(model && { regionClasses: encodeBytes(model.regionClasses) }),
    ...(scribbleClasses && { scribbleClasses: encodeBytes(scribbleClasses) }),
  };
  return {
    segmentation: await spillLarge(
      { regions: encode(regions), hierarchy: encodeHierarchy(hierarchy), ...classes, summary },
      folder,
    ),
  };
}

async function train(
  task: SegmentTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
  encode: typeof encodeRegions,
): Promise<SegmentedImage> {
  const run = segmentFile(task.path, task.settings, () => openBackend(task, emit), signals, task.scribbles);
  const tell = teller(task, emit, encode);
  let step = await run.next();
  for (; !step.done; step = await run.next()) tell(step.value);
  return step.value;
}

/** A line for the log. */
function describe(file: string, { method, iterations, seconds, backend, stopped, reduced }: RunSummary): string {
  const size = reduced ? `; trained at ${reduced.width} × ${reduced.height}, for ${reduced.reason}` : '';
  return `${file}: ${method}, ${iterations} iterations${stopped ? ' until stopped' : ''}, ${seconds.toFixed(2)} s with ${backend}${size}`;
}

/** Writes the outputs that the settings ask for, beside the image unless they name a folder. */
async function write(
  result: SegmentedImage,
  { path: image, settings: { output }, siblings }: SegmentTask,
  emit: TaskContext['emit'],
): Promise<SegmentTaskResult> {
  const folder = path.resolve(path.dirname(image), output.folder);
  const { files, regions, lost } = await writeOutputs(result, {
    folder,
    formats: output.formats,
    siblings: await siblingNames(image, siblings),
  });
  for (const message of lost) emit({ type: 'log', level: 'info', message: `${image}: ${message}` });
  return { written: Object.values(files), regions, summary: result.summary };
}

/** Sends progress, and a preview where somebody looks at it and there is something new to see, as often as is due. */
function teller(
  { settings, target }: SegmentTask,
  emit: TaskContext['emit'],
  encode: typeof encodeRegions,
): (progress: MethodProgress) => void {
  const pacer = new Pacer();
  let base: RegionMap | undefined;
  let shown: Hierarchy | undefined;
  return ({ regions, hierarchy, iteration, iterations, labels, loss }) => {
    pacer.when(() => {
      emit({
        type: 'progress',
        iteration,
        iterations,
        loss,
        regions: hierarchy.count - mergesAt(hierarchy, settings.granularity),
      });
      if (target !== 'return' || hierarchy === shown) return;
      const changed = regions === base ? {} : { regions: encode(regions) };
      emit({
        type: 'preview',
        preview: { ...changed, hierarchy: encodeHierarchy(hierarchy), iteration, iterations, labels, loss },
      });
      [base, shown] = [regions, hierarchy];
    });
  };
}

/** The function, which answers a second call in a row with the same argument by the same result. */
function onceEach<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined;
  return argument => {
    if (last?.argument !== argument) last = { argument, result: compute(argument) };
    return last.result;
  };
}
