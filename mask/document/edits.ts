import { checkPins, type LabelProperties, type MaskState } from './maskState';

/**
 * An undoable change of a mask, as a value. Labels are named by the region that stands for them, never by their value,
 * so an edit means the same whatever the granularity.
 */
export type Edit =
  | { readonly kind: 'granularity'; readonly granularity: number }
  /** `properties` replaces what the label had; null takes it all back to the defaults. */
  | { readonly kind: 'properties'; readonly region: number; readonly properties: LabelProperties | null }
  /** Changes which label regions carry; null lets a region follow the hierarchy again. */
  | { readonly kind: 'pins'; readonly pins: ReadonlyMap<number, number | null> }
  /** Another state altogether: a finished run, the file read anew, or an edit of pixels (see `labelEdits`). */
  | { readonly kind: 'replace'; readonly state: MaskState };

/** The state after an edit, and the edit that leads back. @throws Error when the edit does not fit the state. */
export function applyEdit(state: MaskState, edit: Edit): { state: MaskState; inverse: Edit } {
  switch (edit.kind) {
    case 'granularity':
      return {
        state: { ...state, granularity: edit.granularity },
        inverse: { kind: 'granularity', granularity: state.granularity },
      };
    case 'properties': {
      checkRegion(state, edit.region);
      const inverse: Edit = {
        kind: 'properties',
        region: edit.region,
        properties: state.properties.get(edit.region) ?? null,
      };
      return {
        state: { ...state, properties: withEntries(state.properties, [[edit.region, edit.properties]]) },
        inverse,
      };
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
        throw new Error(
          `A mask of ${regions.width}×${regions.height} pixels cannot replace one of ${width}×${height}.`,
        );
      }
      return { state: edit.state, inverse: { kind: 'replace', state } };
    }
  }
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
