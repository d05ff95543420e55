import type { Settings } from '../../../../../protocol/settings';
import type { Backend } from '../../backend/session';
import type { Picture } from '../../image/picture';
import type { RunSignals, SegmentationRun } from '../../segmentation';

/** A method segments a picture of bounded size; its result's regions have that size. */
export type Method = (
  picture: Picture,
  settings: Settings,
  openBackend: () => Promise<Backend>,
  signals: RunSignals,
) => SegmentationRun;
