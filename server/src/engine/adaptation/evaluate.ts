import { countPixels, emptyConfusion, type Confusion } from '../metrics/confusion';
import type { Example } from './data';
import type { Model } from './model';

/** Predicts every labelled example and counts its pixels. */
export async function evaluateModel(
  model: Model,
  examples: AsyncIterable<Example>,
  classes: number,
): Promise<Confusion> {
  const confusion = emptyConfusion(classes);
  for await (const { image, labels } of examples) {
    if (!labels) continue;
    const { classes: predicted } = await model.predict(image);
    countPixels(confusion, labels.data, predicted.data);
  }
  return confusion;
}
