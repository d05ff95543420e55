import { createHash } from 'node:crypto';
import { MaskDocument } from '../../../../../mask/document/maskDocument';
import { encodeMask, stateFromLabels } from '../../../../../mask/files/maskFiles';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A segmentation whose values mean nothing beyond its image. */
const run = {
  method: 'clustering',
  parameters: {},
  seed: 1,
  backend: 'cpu',
  granularity: 1,
  iterations: 1,
  stopped: false,
};

/**
 * Makes the two files of a mask as Labelless writes them, `STEM.mask.png` and `STEM.mask.json`.
 * @param names of labels, by value
 * @param from whether the mask is a segmentation, or was made of another program's label image
 */
export function ownMask(
  stem: string,
  width: number,
  values: readonly number[],
  names: Readonly<Record<number, string>> = {},
  { image = 'x.png', from = 'segmentation' }: { image?: string; from?: 'segmentation' | 'elsewhere' } = {},
): Record<string, Uint8Array | string> {
  const state = stateFromLabels({
    width,
    height: values.length / width,
    labels: Uint16Array.from(values),
    palette: null,
  });
  const properties = new Map(
    [...state.values].flatMap(([region, value]) =>
      names[value] === undefined ? [] : [[region, { name: names[value] }]],
    ),
  );
  const document = new MaskDocument({ ...state, properties, run: from === 'segmentation' ? run : null });
  const { png, sidecar } = encodeMask(document, {
    image: { name: image, sha256: sha256(new Uint8Array()) },
    version: '0.0.0',
    sha256,
  });
  return { [`${stem}.mask.png`]: png, [`${stem}.mask.json`]: sidecar };
}
