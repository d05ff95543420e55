import type { EditRequest } from '../../../mask/document/editRequests';
import type { ClassInfo } from '../../../mask/classes';
import { Signal } from '../../common/emitter';
import type { EditQueue } from './editQueue';
import type { Labelling } from './labelling';

/** The names that labels can be given: those of the settings, else those that the mask has already. */
export class Names {
  readonly changed = new Signal();
  private listed: readonly ClassInfo[] = [];

  constructor(
    private readonly labelling: Labelling,
    private readonly queue: EditQueue,
  ) {
    labelling.maskChanged.listen(() => {
      this.changed.emit();
    });
  }

  set(listed: readonly ClassInfo[]): void {
    this.listed = listed;
    this.changed.emit();
  }

  /** In the order of their number keys. */
  get all(): readonly ClassInfo[] {
    if (this.listed.length > 0) return this.listed;
    const named = this.labelling.mask?.labels.filter(label => label.name !== `Region ${label.value}`) ?? [];
    return named.map(({ name, colour }) => ({ name, colour }));
  }

  /** Gives the selected labels a name; where nothing is selected, selects the label that has it. */
  assign({ name, colour }: ClassInfo): void {
    const { labelling } = this;
    if (labelling.selection.all.length === 0) {
      const label = labelling.mask?.labels.find(one => one.name === name);
      if (label) labelling.select([labelling.representativeOf(label)]);
      return;
    }
    this.queue.ask({
      request: (): EditRequest | null => {
        const values = labelling.selectedLabels.map(label => label.value);
        return values.length > 0 ? { kind: 'assign', values, name, colour } : null;
      },
    });
  }

  /** The name of a number key. @returns whether there is one */
  key(key: string): boolean {
    const name = /^[1-9]$/.test(key) ? this.all.at(Number(key) - 1) : undefined;
    if (name) this.assign(name);
    return name !== undefined;
  }
}
