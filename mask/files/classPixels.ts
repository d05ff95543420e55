import type { ClassList } from '../classes/classList';
import { ignoredValue } from '../classes/classListSchema';
import type { MaskDocument } from '../document/maskDocument';
import { encodeMaskPng } from './indexedPng';

/** The colour of pixels of no class in a mask whose values are class ids, as in Pascal VOC. */
const ignoredColour = '#e0e0c0';

/** The pixels of a mask as class ids, row-major: 255 where a label has no class of the list. */
function classMap(document: MaskDocument, list: ClassList): Uint16Array {
  const valueOf = new Map(document.view().labels.map(label => [label.value, list.valueOf(label.class)]));
  return document.labelMap().map(value => (value === 0 ? list.backgroundValue : (valueOf.get(value) ?? ignoredValue)));
}

/** The colours of a mask whose values are class ids, by value - 1. */
function classColours(list: ClassList): string[] {
  const colours: string[] = [];
  for (const { id, colour } of list.classes) if (id > 0) colours[id - 1] = colour;
  colours[ignoredValue - 1] = ignoredColour;
  return colours;
}

/** Encodes a mask as PNG whose values are class ids. */
export function encodeClassMask(document: MaskDocument, list: ClassList): Uint8Array {
  const { width, height } = document;
  return encodeMaskPng({ width, height, labels: classMap(document, list) }, classColours(list));
}
