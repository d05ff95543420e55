import * as l10n from '@vscode/l10n';
import type { RunView } from '../../../../protocol/editor';
import { countRegions } from '../../../common/counts';
import { formatSignificant } from '../../../common/numberFormat';

/** `Iteration 5 of 14 · 37 regions · loss 0.412` */
export function runText(run: RunView): string {
  const parts = [
    run.iteration === 0 ? l10n.t('Preparing') : l10n.t('Iteration {0} of {1}', run.iteration, run.iterations),
  ];
  if (run.regions > 0) parts.push(countRegions(run.regions));
  if (run.loss !== null) parts.push(l10n.t('loss {0}', formatSignificant(run.loss)));
  if (run.message !== undefined) parts.push(run.message);
  return parts.join(' · ');
}
