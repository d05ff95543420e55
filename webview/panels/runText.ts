import type { RunView } from '../../protocol/editor';
import { formatCount } from '../model/format';

/** `Iteration 5 of 14 · 37 regions · loss 0.412` */
export function runText(run: RunView): string {
  const parts = [run.iteration === 0 ? 'Preparing' : `Iteration ${run.iteration} of ${run.iterations}`];
  if (run.regions > 0) parts.push(formatCount(run.regions, 'region'));
  if (run.loss !== null) parts.push(`loss ${run.loss.toPrecision(3)}`);
  if (run.message !== undefined) parts.push(run.message);
  return parts.join(' · ');
}
