import type { MaskDocument } from './maskDocument';
import { background, type LabelProperties, type MaskState } from './maskState';
import { isNamedByHand } from './segmentation';
import { StateBuilder } from './stateBuilder';
import { statusOf } from './statusOf';

/** A label of another picture's mask, and the base regions of this picture that it is carried to. */
export interface CarriedLabel extends Omit<LabelProperties, 'locked'> {
  readonly regions: readonly number[];
}

/** What the mask of one picture of a series gives to the next one. */
export interface CarriedLabels {
  /** Each becomes one label; several may have the same class. */
  readonly labels: readonly CarriedLabel[];
  /** The base regions that belong to no label there. */
  readonly background: readonly number[];
}

/**
 * The mask with the labels of another picture on its base regions. Locked labels stay, and so does what a person made
 * in a mask that is no longer a proposal. All other regions follow the slider, as labels without a class. A proposal
 * stays one.
 * @returns null when it would change nothing
 * @throws Error when there are more labels than a mask can hold
 */
export function withCarriedLabels(document: MaskDocument, carried: CarriedLabels): MaskState | null {
  const { state } = document;
  const count = state.hierarchy?.count ?? 0;
  const isProposal = statusOf(state) === 'proposed';
  const isFree = isProposal ? (region: number) => region < count : freeRegions(document, count);
  const builder = new StateBuilder(document);
  if (isProposal) builder.releaseRegions(Array.from({ length: count }, (_, region) => region));
  for (const { regions, ...properties } of carried.labels) {
    const own = regions.filter(isFree);
    if (own.length > 0) builder.giveRegions(own, builder.newRegion(undefined, properties));
  }
  builder.giveRegions(carried.background.filter(isFree), background);
  const after = builder.finish();
  return after && { ...after, status: isProposal ? 'proposed' : 'edited' };
}

/** Makes a test of whether a base region follows the slider, in a label that nobody gave a name or a colour. */
function freeRegions(document: MaskDocument, count: number): (region: number) => boolean {
  const { state } = document;
  const { labelOf, representative } = document.cut();
  const isOwn = (label: LabelProperties | undefined) => label !== undefined && isNamedByHand(label, state.run);
  const kept = Uint8Array.from(representative, region => (isOwn(state.properties.get(region)) ? 1 : 0));
  return region => region < count && !state.pins.has(region) && labelOf[region] > 0 && kept[labelOf[region] - 1] === 0;
}
