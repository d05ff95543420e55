import { z } from 'zod';
import { isHex } from './colour';
import { checkPins, tidyProperties, type LabelProperties, type MaskState } from './state';

/**
 * An undoable change of a mask, as a value. Labels are named by the region that stands for them, never by their value, so an
 * edit means the same whatever the granularity.
 */
export type Edit =
  | { readonly kind: 'granularity'; readonly granularity: number }
  /** `properties` replaces what the label had; null takes it all back to the defaults. */
  | { readonly kind: 'properties'; readonly region: number; readonly properties: LabelProperties | null }
  /** Changes which label regions carry; null lets a region follow the hierarchy again. */
  | { readonly kind: 'pins'; readonly pins: ReadonlyMap<number, number | null> }
  /** Another mask altogether: a finished run, or the file read anew. */
  | { readonly kind: 'replace'; readonly state: MaskState };

/** Longest name of a label, in UTF-16 units. */
export const maxNameLength = 200;

const value = z.int().min(1).max(65535);
const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granularity'), granularity: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('rename'), value, name: z.string().max(maxNameLength) }),
  z.object({ kind: z.literal('recolour'), value, colour: z.string().refine(isHex, 'not a colour of the form #rrggbb') }),
  z.object({ kind: z.literal('lock'), value, locked: z.boolean() }),
]);

/** A change as a user asks for it, naming labels by their present value. */
export type EditRequest = z.infer<typeof requestSchema>;

/** What a request is resolved against; `MaskDocument` is one. */
interface Labelled {
  readonly state: MaskState;
  representativeOf(value: number): number;
}

/**
 * The edit that a request asks for, from an untrusted source.
 * @returns null when the request would change nothing
 * @throws Error when the request is malformed or names a label that is not there
 */
export function editFromRequest(document: Labelled, request: unknown): Edit | null {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) throw new Error(`This edit is not possible: ${z.prettifyError(parsed.error)}`);
  const wanted = parsed.data;
  if (wanted.kind === 'granularity') {
    if (!document.state.hierarchy) throw new Error('This mask has no hierarchy of regions, so its granularity cannot change.');
    return wanted.granularity === document.state.granularity ? null : wanted;
  }
  const region = document.representativeOf(wanted.value);
  const before = document.state.properties.get(region) ?? {};
  const properties = tidyProperties({ ...before, ...changed(wanted) });
  return same(before, properties ?? {}) ? null : { kind: 'properties', region, properties };
}

/** The state after an edit, and the edit that leads back. @throws Error when the edit does not fit the state. */
export function applyEdit(state: MaskState, edit: Edit): { state: MaskState; inverse: Edit } {
  switch (edit.kind) {
    case 'granularity':
      return { state: { ...state, granularity: edit.granularity }, inverse: { kind: 'granularity', granularity: state.granularity } };
    case 'properties': {
      checkRegion(state, edit.region);
      const inverse: Edit = { kind: 'properties', region: edit.region, properties: state.properties.get(edit.region) ?? null };
      return { state: { ...state, properties: withEntries(state.properties, [[edit.region, edit.properties]]) }, inverse };
    }
    case 'pins': {
      for (const [region, target] of edit.pins) {
        checkRegion(state, region);
        if (target !== null && target >= 0) checkRegion(state, target);
      }
      const before = new Map([...edit.pins.keys()].map(region => [region, state.pins.get(region) ?? null]));
      const pins = withEntries(state.pins, edit.pins);
      checkPins(pins);
      return { state: { ...state, pins }, inverse: { kind: 'pins', pins: before } };
    }
    case 'replace': {
      const { width, height } = state.regions;
      const { regions } = edit.state;
      if (regions.width !== width || regions.height !== height) {
        throw new Error(`A mask of ${regions.width}×${regions.height} pixels cannot replace one of ${width}×${height}.`);
      }
      return { state: edit.state, inverse: { kind: 'replace', state } };
    }
  }
}

function changed(request: Exclude<EditRequest, { kind: 'granularity' }>): LabelProperties {
  switch (request.kind) {
    case 'rename': return { name: request.name.trim() };
    case 'recolour': return { colour: request.colour.toLowerCase() };
    case 'lock': return { locked: request.locked };
  }
}

function same(a: LabelProperties, b: LabelProperties): boolean {
  return a.name === b.name && a.colour === b.colour && (a.locked ?? false) === (b.locked ?? false);
}

function checkRegion(state: MaskState, region: number): void {
  if (!(region >= 0 && region < state.regions.count)) throw new Error(`The mask has no region ${region}.`);
}

/** A copy of `map` with `entries` set, or taken out where null. */
function withEntries<T>(map: ReadonlyMap<number, T>, entries: Iterable<readonly [number, T | null]>): Map<number, T> {
  const copy = new Map(map);
  for (const [key, entry] of entries) {
    if (entry === null) copy.delete(key);
    else copy.set(key, entry);
  }
  return copy;
}
