import type { Label, MaskDocument } from './maskDocument';
import type { LabelProperties, MaskState } from './maskState';
import { StateBuilder } from './stateBuilder';

/**
 * The properties that a label of a class has: its class, and the name and colour by which the mask is read without the
 * class list.
 * @throws Error when the document's list has no such class
 */
export function propertiesOfClass({ classes }: MaskDocument, id: number): LabelProperties {
  const entry = classes?.byId(id);
  if (!entry) throw new Error(`The class list of this image has no class ${id}.`);
  return { class: id, name: entry.name, colour: entry.colour };
}

/** The properties of a part of a label that becomes a label of the same class; undefined where that has no class. */
export function sameClass({ classes }: MaskDocument, label: Label): LabelProperties | undefined {
  if (label.class === undefined) return undefined;
  if (classes?.byId(label.class) === undefined) return { class: label.class };
  return { class: label.class, name: label.name, colour: label.colour };
}

/**
 * Gives labels a class of the document's list, or takes it away. Labels of one class stay apart, as its objects, and
 * locked labels stay locked. A label with a class is fixed: the slider does not change what was classified.
 * @param id the class's id; null takes the class away, with the name and colour that came from it
 * @throws Error when the list has no such class, or the mask no such label
 */
export function classify(document: MaskDocument, values: readonly number[], id: number | null): MaskState | null {
  const builder = new StateBuilder(document);
  const given = id === null ? null : propertiesOfClass(document, id);
  const labels = builder.view.labels.filter(({ value }) => values.includes(value));
  for (const value of values) document.representativeOf(value); // refuses values that no label has
  for (const label of labels) {
    if (given) builder.setProperties(builder.makeFixed(label), given);
    else if (label.class !== undefined)
      builder.setProperties(label.representative, { class: undefined, name: undefined, colour: undefined });
  }
  return builder.finish();
}
