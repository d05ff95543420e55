/** Numbers of pixels by class of the truth and predicted class. */
export interface Confusion {
  readonly classes: number;
  /** Numbers of pixels by class of the truth (row) and predicted class (column). */
  readonly counts: Float64Array;
  /** Numbers of pixels without a predicted class, by class of the truth. */
  readonly missed: Float64Array;
}

export interface ClassScores {
  /** Mean intersection over union of the classes that have one; 0 where none has. */
  readonly mIoU: number;
  /** Share of the labelled pixels that are predicted correctly. */
  readonly pixelAccuracy: number;
  /** Intersection over union by class; null for a class in neither truth nor prediction. */
  readonly perClass: (number | null)[];
}

export function emptyConfusion(classes: number): Confusion {
  return { classes, counts: new Float64Array(classes * classes), missed: new Float64Array(classes) };
}

/** Whether no pixel with a class was counted. */
export function isEmptyConfusion({ counts, missed }: Confusion): boolean {
  return counts.every(count => count === 0) && missed.every(count => count === 0);
}

/**
 * Counts the pixels of a picture into `confusion`. Pixels whose truth is no class (such as 255) do not count; those
 * whose prediction is none are wrong.
 * @throws Error for maps of unequal size
 */
export function countPixels(
  { classes, counts, missed }: Confusion,
  truth: ArrayLike<number>,
  prediction: ArrayLike<number>,
): void {
  if (truth.length !== prediction.length)
    throw new Error(`A truth of ${truth.length} pixels has a prediction of ${prediction.length}`);
  for (let p = 0; p < truth.length; p++) {
    const label = truth[p];
    if (label >= classes) continue;
    if (prediction[p] < classes) counts[label * classes + prediction[p]]++;
    else missed[label]++;
  }
}

/**
 * Computes the scores over all that was counted (Everingham et al., IJCV 2010, section 3.4: pixels of all pictures
 * together).
 */
export function classScores({ classes, counts, missed }: Confusion): ClassScores {
  const rows = missed.slice();
  const columns = new Float64Array(classes);
  let [right, all] = [0, missed.reduce((sum, count) => sum + count, 0)];
  counts.forEach((count, index) => {
    const [row, column] = [Math.floor(index / classes), index % classes];
    rows[row] += count;
    columns[column] += count;
    all += count;
    if (row === column) right += count;
  });
  const perClass = Array.from(rows, (row, index) => {
    const [hit, union] = [counts[index * classes + index], row + columns[index] - counts[index * classes + index]];
    return union === 0 ? null : hit / union;
  });
  const known = perClass.filter(score => score !== null);
  return {
    mIoU: known.length === 0 ? 0 : known.reduce((sum, score) => sum + score, 0) / known.length,
    pixelAccuracy: all === 0 ? 0 : right / all,
    perClass,
  };
}

/** Adds the counts of `more` to `confusion`. */
export function addConfusion(confusion: Confusion, more: Confusion): void {
  for (const key of ['counts', 'missed'] as const)
    more[key].forEach((count, i) => {
      confusion[key][i] += count;
    });
}

/** Returns the counts as rows of numbers, a row for each class of the truth. */
export function rowsOf({ classes, counts }: Confusion): number[][] {
  return Array.from({ length: classes }, (_, row) => [...counts.subarray(row * classes, (row + 1) * classes)]);
}
