import * as l10n from '@vscode/l10n';
import type { Comparison } from '../../model/comparison';
import type { SavedState } from '../../model/savedState';
import type { Stage } from '../../view/stage';
import { columnTitles, comparedName, CompareBar, type CompareCallbacks } from './compareBar';
import { ColumnTitles, Divider } from './comparisonFrame';

/**
 * Shows a comparison on the page: its bar, and on the stage the other labels with a divider or with titles of columns.
 */
export class ComparisonView {
  private readonly bar: CompareBar;
  private readonly titles: ColumnTitles;
  private readonly divider: Divider;

  constructor(
    { comparison: bar, stage: container }: { readonly comparison: HTMLElement; readonly stage: HTMLElement },
    private readonly comparison: Comparison,
    private readonly stage: Stage,
    private readonly state: SavedState,
    callbacks: CompareCallbacks,
  ) {
    this.bar = new CompareBar(bar, comparison, state, {
      ...callbacks,
      onLayoutChange: () => {
        this.update();
        callbacks.onLayoutChange();
      },
    });
    this.titles = new ColumnTitles(container);
    this.divider = new Divider(container, share => {
      stage.setSplit(share);
    });
    comparison.changed.listen(() => {
      this.update();
    });
  }

  /** The toolbar's button that begins a comparison. */
  get button(): HTMLElement {
    return this.bar.button;
  }

  /** Switches to the other layout while there is a comparison. */
  toggleLayout(): void {
    this.bar.toggleLayout();
  }

  private update(): void {
    const { comparison, stage, state } = this;
    const { isShown } = comparison;
    const columns = isShown && state.compare === 'columns' ? columnTitles(comparison) : null;
    stage.setCompared(isShown ? (comparison.labels ?? 'picture') : null);
    stage.setColumns(columns?.length ?? 1);
    this.titles.show(columns);
    const sides = { left: comparedName(comparison), right: l10n.t('Mask') };
    this.divider.show(isShown && !columns ? sides : null);
  }
}
