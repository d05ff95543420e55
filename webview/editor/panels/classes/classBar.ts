import * as l10n from '@vscode/l10n';
import type { ClassMenuData } from '../../../../protocol/classMenu';
import { element, icon } from '../../../common/dom';
import { isMenuByPointer } from '../../geometry/menuPlace';
import { keyTitle } from '../../model/keys';
import type { Classes } from '../../model/classes';
import type { Labelling } from '../../model/labelling';
import { toggleButton } from '../toggleButton';
import { classOption, noClassOption, optionId } from './classOptions';

/** Callbacks of the class bar. */
export interface ClassBarCallbacks {
  /** Called to open the class file in a text editor. */
  onOpenFile(): void;
  /** Called to show only labels without a class, or all again. */
  onUnclassified(): void;
  /** Called when the bar gives the focus back. */
  onLeave(): void;
}

/**
 * The classes of the image's folder in a row: a click, or typing and Enter, gives a class to the selected labels and
 * makes it the current one. What is typed filters them. The list has the active class as its active descendant, from
 * the text box too.
 */
export class ClassBar {
  private readonly filter = element('input', {
    class: 'filter',
    role: 'combobox',
    placeholder: l10n.t('Class …'),
    'aria-label': l10n.t('Class of the selected labels'),
    'aria-controls': 'classes',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    title: `${l10n.t('Type a class and press Enter to give it to the selected labels')} (${keyTitle('labels.name')})`,
  });
  private readonly list = element('div', {
    class: 'list',
    id: 'classes',
    role: 'listbox',
    tabindex: 0,
    'aria-label': l10n.t('Classes'),
    'aria-orientation': 'horizontal',
  });
  private readonly noMatch = element('span', { class: 'none', hidden: true }, l10n.t('No such class.'));
  private readonly unclassified = toggleButton('question', l10n.t('Labels without a Class Alone'), 'view.unclassified');
  private readonly problemText = element('span', { class: 'text' });
  private readonly problem = element(
    'span',
    { class: 'fault', role: 'status', hidden: true },
    icon('warning'),
    this.problemText,
  );
  /** The classes as they are listed, null for that of no class. */
  private listed: (number | null)[] = [];
  private active: number | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly classes: Classes,
    private readonly labelling: Labelling,
    private readonly callbacks: ClassBarCallbacks,
  ) {
    const open = element('button', { class: 'action', type: 'button' }, l10n.t('Open File'));
    open.addEventListener('click', () => {
      callbacks.onOpenFile();
    });
    this.problem.append(open);
    place.append(this.filter, this.list, this.noMatch, this.unclassified, this.problem);
    this.filter.addEventListener('input', () => {
      this.fill();
      this.activate(this.listed[0] ?? null);
    });
    this.filter.addEventListener('keydown', event => {
      this.key(event, { next: ['ArrowDown'], previous: ['ArrowUp'], choose: ['Enter'] });
    });
    this.list.addEventListener('keydown', event => {
      const next = ['ArrowRight', 'ArrowDown'];
      this.key(event, { next, previous: ['ArrowLeft', 'ArrowUp'], choose: ['Enter', ' '] });
    });
    this.list.addEventListener('click', event => {
      const id = classAt(event.target as Element);
      if (id !== undefined) this.choose(id);
    });
    this.list.addEventListener('wheel', event => {
      this.list.scrollLeft += event.deltaY;
    });
    place.addEventListener('contextmenu', event => {
      this.prepareMenu(event);
    });
    this.unclassified.addEventListener('click', () => {
      callbacks.onUnclassified();
    });
    for (const emitter of [classes.changed, labelling.maskChanged])
      emitter.listen(() => {
        this.show();
      });
    labelling.appearanceChanged.listen(() => {
      this.unclassified.checked = labelling.unclassifiedAlone;
    });
    this.show();
  }

  /** Whether there are classes to give. */
  get shown(): boolean {
    return !this.place.hidden && !this.list.hidden;
  }

  /** Moves the focus to the text box. */
  focus(): void {
    this.filter.focus();
    this.filter.select();
  }

  private show(): void {
    const { file, known } = this.classes;
    this.place.hidden = this.labelling.mask === null || (!known && !file?.problem);
    this.filter.hidden = this.list.hidden = this.unclassified.hidden = !known;
    this.problem.hidden = !file?.problem;
    this.problemText.textContent = file?.problem ? `${file.name}: ${file.problem}` : '';
    this.problem.title = this.problemText.textContent;
    this.fill();
  }

  private fill(): void {
    const { classes, labelling } = this;
    const matching = classes.matching(this.filter.value);
    const uses = classes.uses();
    const { width, height } = labelling.regions ?? { width: 1, height: 1 };
    const filtered = this.filter.value.trim() !== '';
    const offersNone = classes.known && !filtered;
    this.listed = [...(offersNone ? [null] : []), ...matching.map(({ id }) => id)];
    this.list.replaceChildren(
      ...(offersNone ? [noClassOption(classes.current === undefined)] : []),
      ...matching.map(entry =>
        classOption(entry, {
          key: classes.keyOf(entry),
          ...(uses.get(entry.id) ?? { labels: 0, pixels: 0 }),
          picture: width * height,
          current: entry === classes.current,
        }),
      ),
    );
    this.noMatch.hidden = matching.length > 0 || !filtered;
    this.activate(this.listed.includes(this.active) ? this.active : (this.listed[0] ?? null), false);
  }

  /** Makes a class the active one of the list, which keys act on. */
  private activate(id: number | null, scroll = true): void {
    this.active = id;
    const option = this.list.querySelector(`#${optionId(id)}`);
    for (const other of this.list.children) other.classList.toggle('active', other === option);
    for (const control of [this.list, this.filter]) {
      if (option) control.setAttribute('aria-activedescendant', option.id);
      else control.removeAttribute('aria-activedescendant');
    }
    if (scroll) option?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /**
   * Prepares VS Code's own context menu for the class at the pointer, or, for the menu key, the active one
   * (`webview/context` in package.json).
   */
  private prepareMenu(event: MouseEvent): void {
    const id = isMenuByPointer(event) ? classAt(event.target as Element) : this.active;
    if (id !== undefined) this.activate(id);
    const entry = this.classes.byId(id);
    const data: ClassMenuData | Record<string, never> = entry
      ? {
          labellessClass: entry.id,
          labellessBackground: entry.background === true,
          labellessClasses: this.classes.all.length,
        }
      : {};
    this.place.dataset.vscodeContext = JSON.stringify(data);
  }

  private choose(id: number | null): void {
    this.active = id;
    this.filter.value = '';
    this.classes.choose(id);
    this.activate(id);
  }

  private key(event: KeyboardEvent, keys: Record<'next' | 'previous' | 'choose', string[]>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const step = keys.next.includes(event.key) ? 1 : keys.previous.includes(event.key) ? -1 : 0;
    const chooses = keys.choose.includes(event.key) && this.listed.length > 0;
    const leaves = event.key === 'Escape' || chooses;
    if (step === 0 && !leaves) return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== 0) {
      const at = this.listed.indexOf(this.active) + step;
      this.activate(this.listed.at(Math.max(0, Math.min(this.listed.length - 1, at))) ?? null);
    }
    if (chooses) this.choose(this.active);
    if (!leaves) return;
    this.filter.value = '';
    this.fill();
    if (event.currentTarget === this.filter) this.callbacks.onLeave();
  }
}

/** The id of the class in whose option an element is, null for that of no class; undefined outside of options. */
function classAt(target: Element): number | null | undefined {
  const option = target.closest<HTMLElement>('[role=option]');
  if (!option) return undefined;
  return option.dataset.class === undefined ? null : Number(option.dataset.class);
}
