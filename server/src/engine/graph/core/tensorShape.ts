/** Sizes along the axes of a tensor. */
export type Shape = readonly number[];

/** The number of elements of a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The sizes [N,C,H,W] of a tensor of rank 4: a batch of images or maps of features. */
export function imageShape([batch, channels, height, width]: Shape): readonly [
  batch: number,
  channels: number,
  height: number,
  width: number,
] {
  return [batch, channels, height, width];
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The shape of an elementwise operation on tensors of these shapes (NumPy's rule). Throws where they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [m, n] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (m !== n && m !== 1 && n !== 1) throw new Error(`Shapes [${a.join()}] and [${b.join()}] do not broadcast`);
    return m === 1 ? n : m;
  });
}

/** Axes counted from 0, sorted, from axes that may count from the end. Throws for an axis that the rank has not. */
export function resolveAxes(axes: readonly number[], rank: number): number[] {
  return axes
    .map(axis => {
      const resolved = axis < 0 ? axis + rank : axis;
      if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank)
        throw new Error(`Axis ${axis} is not one of a tensor of rank ${rank}`);
      return resolved;
    })
    .sort((a, b) => a - b);
}

/** A shape with the sizes of some axes replaced. */
export function withSizes(shape: Shape, axes: readonly number[], size: number): number[] {
  return shape.map((old, axis) => (axes.includes(axis) ? size : old));
}

/** 0, 1, …, count − 1. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
