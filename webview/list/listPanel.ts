import type { ListView } from '../../mask/session/imageList';
import type { ListHostMessage } from '../../protocol/imageListPage';
import { ImageListbox, type ListLook } from './imageListbox';
import { ListFilters } from './listFilters';
import { ListProgress } from './listProgress';
import { ShownList } from './shownList';

/** What the user does with a list. */
export interface ListActions {
  open(path: string): void;
  setView(view: ListView): void;
}

/** A list of images with its filters and its progress, which follows the host's messages. */
export class ListPanel {
  readonly list = new ShownList();
  readonly progress = new ListProgress();
  readonly filters: ListFilters;
  readonly listbox: ImageListbox;

  constructor(look: ListLook, actions: ListActions) {
    this.filters = new ListFilters(() => {
      actions.setView(this.filters.view);
      this.list.setView(this.filters.view);
      this.arrange();
    });
    this.listbox = new ImageListbox(this.list, look, path => {
      actions.open(path);
    });
    this.filters.show(this.list.view, []);
  }

  receive(message: ListHostMessage): void {
    const before = this.list.current;
    const changed = this.list.receive(message);
    if (changed === 'all') {
      if (message.type !== 'more') this.filters.show(this.list.view, [...this.list.classes.values()]);
      this.arrange();
    } else for (const index of changed) this.listbox.redraw(index);
    if (message.type === 'current' || message.type === 'list' || before === undefined) this.listbox.revealCurrent();
    if (message.type !== 'current' && message.type !== 'view' && message.type !== 'classes')
      this.filters.showCounts(this.progress.count(this.list));
  }

  private arrange(): void {
    this.listbox.show();
    this.progress.showLength(this.list);
  }
}
