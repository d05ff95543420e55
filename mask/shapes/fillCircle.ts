import { DrawingBudget } from './drawingBudget';
import { firstCentre, type Paint } from './shapes';

/**
 * Fills a circle: the pixels whose centre, at (x + ½, y + ½), it encloses.
 * @throws Error for numbers that are not finite, DrawingBudgetError beyond the limit
 */
export function fillCircle(
  [x, y, radius]: readonly [x: number, y: number, radius: number],
  width: number,
  height: number,
  paint: Paint,
  budget = new DrawingBudget(),
): void {
  if (![x, y, radius].every(Number.isFinite)) throw new Error("a circle's centre and radius are not numbers");
  const [first, end] = [firstCentre(y - radius, height), firstCentre(y + radius, height)];
  budget.spendEdges(end - first);
  const counting = budget.counting(paint);
  for (let row = first; row < end; row++) {
    const half = Math.sqrt(Math.max(0, radius * radius - (row + 0.5 - y) ** 2));
    const [from, to] = [firstCentre(x - half, width), firstCentre(x + half, width)];
    if (from < to) counting(row * width + from, row * width + to);
  }
}
