import * as z from 'zod';
import { checkClassList } from './checkClassList';
import type { ClassList } from './classList';
import { classIdSchema, type ClassEntry } from './classListSchema';

/** The schema of a change of a class list that goes through all masks of its folder. */
export const classChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), id: classIdSchema, name: z.string() }),
  z.object({ kind: z.literal('recolour'), id: classIdSchema, colour: z.string() }),
  z.object({ kind: z.literal('background'), id: classIdSchema }),
  z.object({ kind: z.literal('merge'), id: classIdSchema, into: classIdSchema }),
  z.object({ kind: z.literal('remove'), id: classIdSchema }),
]);

/**
 * A change of one class: another name, another colour, the class made the background in place of another one, its
 * labels made labels of another class, or the class removed, so that its labels have none.
 */
export type ClassChange = Readonly<z.infer<typeof classChangeSchema>>;

/** What a label has of its class, as a sidecar keeps it. */
export interface LabelClass {
  readonly class?: number | undefined;
  readonly name?: string | undefined;
  /** `#rrggbb`; absent where the label has its default colour. */
  readonly colour?: string | undefined;
}

/**
 * The class list after a change. A class into which the background is merged is the background from then on, since
 * pixels of no label belong to that.
 * @throws Error, a clause for people, where the change is impossible or changes nothing
 */
export function changedClassList(list: ClassList, change: ClassChange): ClassList {
  const entry = known(list, change.id);
  const classes = entriesAfter(list.classes, entry, change, list);
  const checked = checkClassList({ classes });
  if ('problems' in checked) throw new Error(checked.problems.map(({ message }) => message).join('; '));
  return checked.list;
}

function entriesAfter(
  classes: readonly ClassEntry[],
  entry: ClassEntry,
  change: ClassChange,
  list: ClassList,
): ClassEntry[] {
  const withEntry = (next: ClassEntry) => classes.map(one => (one === entry ? next : one));
  const others = classes.filter(one => one !== entry);
  switch (change.kind) {
    case 'rename':
      if (change.name.trim() === entry.name) throw new Error(`‘${entry.name}’ is the name of the class already`);
      return withEntry({ ...entry, name: change.name });
    case 'recolour':
      if (!/^#[0-9a-f]{6}$/i.test(change.colour))
        throw new Error(`‘${change.colour}’ is no colour of the form #rrggbb`);
      if (change.colour.toLowerCase() === entry.colour)
        throw new Error(`${entry.colour} is the colour of ‘${entry.name}’ already`);
      return withEntry({ ...entry, colour: change.colour });
    case 'background':
      if (entry.background) throw new Error(`‘${entry.name}’ is the background already`);
      return classes.map(one => {
        const { background: wasBackground, ...rest } = one;
        return one === entry ? { ...rest, background: true } : wasBackground ? rest : one;
      });
    case 'merge': {
      const into = known(list, change.into);
      if (into === entry) throw new Error(`‘${entry.name}’ cannot be merged into itself`);
      return others.map(one => (one === into && entry.background ? { ...one, background: true } : one));
    }
    case 'remove':
      return others;
  }
}

/**
 * What a label of a changed class has of its class afterwards. A label that loses its class loses the name and colour
 * that came from it.
 * @param after the class list after the change
 */
export function changedLabel(change: ClassChange, after: ClassList): LabelClass {
  const entry = change.kind === 'remove' ? undefined : after.byId(change.kind === 'merge' ? change.into : change.id);
  return entry ? { class: entry.id, name: entry.name, colour: entry.colour } : {};
}

/** @throws Error, a clause for people, where the list has no class of an id */
function known(list: ClassList, id: number): ClassEntry {
  const entry = list.byId(id);
  if (!entry) throw new Error(`the list has no class ${id}`);
  return entry;
}
