
/** How often each class of the truth (row) was taken for each class (column); pixels. */
export interface Confusion { readonly classes: number; readonly counts: Float64Array }

export interface ClassScores {
  /** Mean of the classes that have one. 0 where none has. */
  readonly mIoU: number;
  /** Share of the labelled pixels that are right. */
  readonly pixelAccuracy: number;
  /** Intersection over union by class; null for a class in neither truth nor prediction. */
  readonly perClass: (number | null)[];
}

export function emptyConfusion(classes: number): Confusion {
  return { classes, counts: new Float64Array(classes * classes) };
}

/** Counts a picture. Pixels whose truth is no class (255, say) do not count. Changes `confusion`. @throws Error for maps of unequal size */
export function countPixels({ classes, counts }: Confusion, truth: ArrayLike<number>, prediction: ArrayLike<number>): void {
  if (truth.length !== prediction.length) throw new Error(`A truth of ${truth.length} pixels has a prediction of ${prediction.length}`);
  for (let p = 0; p < truth.length; p++) {
    const label = truth[p];
    if (label < classes) counts[label * classes + prediction[p]]++;
  }
}

/** Scores over all that was counted (Everingham et al., IJCV 2010, section 3.4: pixels of all pictures together). */
export function scoresOf({ classes, counts }: Confusion): ClassScores {
  const rows = new Float64Array(classes);
  const columns = new Float64Array(classes);
  let [right, all] = [0, 0];
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
