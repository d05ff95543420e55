import { writeAtomically } from '../../../files/atomic';
import { defaultSettings } from '../../../protocol/settings';
import { readClassList } from '../engine/dataset/evaluationFiles';
import { describeLabel, describeUnknown, hasClass } from '../engine/dataset/layouts/labelText';
import { decodeLabelImage } from '../engine/dataset/layouts/valueLabels';
import {
  addConfusion,
  countPixels,
  emptyConfusion,
  rowsOf,
  classScores,
  type ClassScores,
  type Confusion,
} from '../engine/metrics/confusion';
import { drawConfusionMatrix } from '../engine/formats/figure/confusionFigure';
import { counted } from '../engine/common/counted';
import { readNamed, type Evaluation } from './evaluatePairs';
import { table } from './terminal';

/**
 * Begins an evaluation of label maps whose values, or names, are classes. The pixels of all images are counted
 * together.
 * @param picture where to write the confusion matrix as a picture
 * @throws Error when the file of classes cannot be used
 */
export async function evaluateClasses(file: string, picture: string | undefined): Promise<Evaluation> {
  const classes = await readClassList(file);
  const names = classes.definitions.map(({ name }) => name);
  const total = emptyConfusion(names.length);
  const images: ({ image: string; prediction: string } & ClassScores)[] = [];
  const { limits } = defaultSettings;
  return {
    add: async ({ id, prediction, truths }) => {
      const [truthFile = '', ...others] = truths;
      if (others.length > 0) throw new Error(`it has ${truths.length} truths; with classes one is wanted, ${id}.png`);
      const read = (map: string) => readNamed(map, name => decodeLabelImage(name, classes, limits));
      const [truth, predicted] = [await read(truthFile), await read(prediction)];
      const [unknown] = [...truth.unknown].filter(([label]) => label !== '');
      if (unknown)
        throw new Error(
          `${truthFile}: ${unknown[1]} pixels have the ${describeLabel(unknown[0], truth)}, ` +
            `which means no class in ${file}`,
        );
      if (!hasClass(truth))
        throw new Error(`${truthFile}: none of its pixels is of a class in ${file}, so there is nothing to measure`);
      if (!hasClass(predicted) && predicted.unknown.size > 0)
        throw new Error(`${prediction}: none of its pixels is of a class in ${file}: ${describeUnknown(predicted)}`);
      if (truth.width !== predicted.width || truth.height !== predicted.height) {
        throw new Error(
          `The prediction has ${predicted.width}×${predicted.height} pixels, the truth ${truth.width}×${truth.height}.`,
        );
      }
      const confusion = emptyConfusion(names.length);
      countPixels(confusion, truth.classes, predicted.classes);
      addConfusion(total, confusion);
      images.push({ image: id, prediction, ...classScores(confusion) });
      return [
        ...(truth.unknown.size > 0
          ? [`${truthFile}: not measured, as they are no class: ${describeUnknown(truth)}`]
          : []),
        ...(hasClass(predicted)
          ? []
          : [`${prediction}: none of its pixels is of a class in ${file}; all count as wrong`]),
        ...(predicted.unknown.size > 0
          ? [`${prediction}: no class in ${file}, and so counted as wrong: ${describeUnknown(predicted)}`]
          : []),
      ];
    },
    table: () => (images.length === 0 ? '' : classTables(names, total, images.length)),
    json: () => ({
      images,
      classes: names,
      ...(images.length > 0 ? classScores(total) : { ...classScores(total), mIoU: null, pixelAccuracy: null }),
      confusion: rowsOf(total),
      missed: [...total.missed],
    }),
    ...(picture !== undefined && {
      finish: async () => writeAtomically(new Map([[picture, await drawConfusionMatrix(names, total)]])),
    }),
  };
}

/** Formats the IoU of each class, and the share of each class's pixels that was predicted as each class. */
export function classTables(names: readonly string[], total: Confusion, images: number): string {
  const { perClass, mIoU, pixelAccuracy } = classScores(total);
  const rows = rowsOf(total).map((counts, c) => {
    const missed = total.missed[c] ?? 0;
    return { name: names[c] ?? '', counts, missed, pixels: counts.reduce((sum, count) => sum + count, missed) };
  });
  const scored = rows.map(({ name, counts, pixels }, c) => [
    name,
    perClass[c]?.toFixed(3) ?? '–',
    pixels > 0 ? ((counts[c] ?? 0) / pixels).toFixed(3) : '–',
    String(pixels),
  ]);
  const confused = rows.map(({ name, counts, missed, pixels }, c) => [
    `${c + 1} ${name}`,
    ...[...counts, missed].map(count => (pixels === 0 ? '–' : ((100 * count) / pixels).toFixed(1))),
  ]);
  return `${table(['class', 'IoU', 'recall', 'pixels'], scored)}
mIoU ${mIoU.toFixed(3)}, pixel accuracy ${pixelAccuracy.toFixed(3)}, ${counted(images, 'image')}

Of each class's pixels (row) the percentage taken for each class (column):

${table(['', ...names.map((_, c) => String(c + 1)), 'none'], confused)}`;
}
