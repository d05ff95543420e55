/** Which segment each pixel of a picture belongs to, numbered from 0; row-major. */
export interface Segments {
  readonly count: number;
  readonly segmentOf: Int32Array | Uint16Array;
}

/** One segment for each label in use, in ascending order. */
export function labelSegments(labels: Uint16Array): Segments {
  const numberOf = new Uint16Array(65536);
  for (let pixel = 0; pixel < labels.length; pixel++) numberOf[labels[pixel]] = 1;
  let count = 0;
  for (let label = 0; label < numberOf.length; label++) if (numberOf[label]) numberOf[label] = count++;
  const segmentOf = new Uint16Array(labels.length);
  for (let pixel = 0; pixel < labels.length; pixel++) segmentOf[pixel] = numberOf[labels[pixel]];
  return { count, segmentOf };
}

/**
 * One segment for each connected region of one label, in the order of their first pixels; neighbours are the pixels at
 * the four sides. Runs of a label within a row are joined to those above, which takes a fraction of the time of going
 * from pixel to pixel.
 */
export function connectedSegments(labels: Uint16Array, width: number, height: number): Segments {
  const { starts, parents } = joinRuns(labels, width, height);
  const numbers = new Int32Array(parents.length);
  const segmentOf = new Int32Array(labels.length);
  let count = 0;
  for (let run = 0; run < parents.length; run++) {
    // A root is its region's first run, so the number of a parent is there before it is asked for.
    numbers[run] = parents[run] === run ? count++ : numbers[parents[run]];
    segmentOf.fill(numbers[run], starts[run], starts[run + 1]);
  }
  return { count, segmentOf };
}

/**
 * Rows cut into runs of one label: where each begins, with the end behind the last, and an earlier run that it is
 * connected with.
 */
function joinRuns(labels: Uint16Array, width: number, height: number): { starts: Int32Array; parents: Int32Array } {
  const starts = new Int32Array(countRuns(labels, width) + 1);
  const parents = new Int32Array(starts.length - 1);
  const rootOf = (run: number): number => {
    while (parents[run] !== run) run = parents[run] = parents[parents[run]];
    return run;
  };
  let run = 0;
  for (let y = 0, above = 0; y < height; y++) {
    const row = run;
    for (let start = y * width, end: number; start < (y + 1) * width; start = end) {
      for (end = start + 1; end < (y + 1) * width && labels[end] === labels[start];) end++;
      starts[run] = start;
      parents[run] = run;
      while (above < row && starts[above + 1] + width <= start) above++;
      for (let other = above; other < row && starts[other] + width < end; other++) {
        if (labels[starts[other]] !== labels[start]) continue;
        const [a, b] = [rootOf(run), rootOf(other)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
      run++;
    }
    above = row;
  }
  starts[run] = labels.length;
  return { starts, parents };
}

function countRuns(labels: Uint16Array, width: number): number {
  let runs = 0;
  for (let pixel = 0; pixel < labels.length; pixel++)
    if (pixel % width === 0 || labels[pixel] !== labels[pixel - 1]) runs++;
  return runs;
}
