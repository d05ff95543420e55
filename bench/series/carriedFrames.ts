import { withCarriedLabels } from '../../mask/document/carriedLabels';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { stateFromLabels } from '../../mask/files/maskFiles';
import { ignoreLabel, type ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { carryBySight, type SeriesSight } from '../../server/src/engine/series/seriesSight';
import type { KnownPhoto } from '../labelling/truths';
import { classProperties } from './frames';

/** A mask in which each class of a truth is a label. Pixels without a class are background. */
export function maskOfTruth({ image: { picture }, truth }: KnownPhoto, classes: ClassList): MaskDocument {
  const labels = Uint16Array.from(truth, index => (index === ignoreLabel ? 0 : index + 1));
  const state = stateFromLabels({ width: picture.width, height: picture.height, labels, palette: null });
  const given = classProperties(classes);
  const properties = new Map([...state.values].map(([region, value]) => [region, given[value - 1]!]));
  return new MaskDocument({ ...state, properties });
}

/** A frame with the labels of the one before, the index of each pixel's class, and how sure they are. */
export interface CarriedFrame {
  readonly mask: MaskDocument;
  readonly classes: Uint8Array;
  readonly confidence: number;
}

/** Carries the labels of a frame to the next one, as *Propagate* does. */
export async function carryFrame(
  mask: MaskDocument,
  before: KnownPhoto,
  next: KnownPhoto,
  sight: SeriesSight,
): Promise<CarriedFrame> {
  const { regions } = next.cuttable;
  const source = { name: before.image.file, picture: before.image.picture, document: mask };
  const { file, picture } = next.image;
  const carried = await carryBySight(source, { file, picture, regions }, sight);
  const document = new MaskDocument(stateFromSegmentation({ ...next.cuttable, granularity: 0.5, run: null }));
  document.take(withCarriedLabels(document, carried) ?? document.state);
  const classOf = new Map(document.view().labels.map(({ value, class: id }) => [value, id]));
  const classes = Uint8Array.from(document.labelMap(), value => classOf.get(value) ?? ignoreLabel);
  return { mask: document, classes, confidence: carried.confidence };
}
