import { MaskDocument } from '../../../../../mask/document/maskDocument';
import { stateFromLabels } from '../../../../../mask/files/maskFiles';
import type { RegionMap } from '../../../../../mask/regions/regionMap';
import { seededRandom } from '../../common/random';
import type { Picture } from '../../image/picture';
import { toLab } from '../../pixels/lab';
import { paint } from '../../pixels/testing/pictures';
import { slic } from '../../superpixels/slic';
import type { LabelledPicture } from '../sourceLabels';

/** A round thing on the grass of a yard. */
export interface Ball {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly rgb: readonly [number, number, number];
}

export const [red, blue, yellow]: (readonly [number, number, number])[] = [
  [200, 40, 40],
  [40, 50, 190],
  [230, 220, 60],
];

/** The values of what is where in a yard: sky, grass, and the balls in their order. */
export const [sky, grass, firstBall] = [1, 2, 3];

/** A picture of balls on grass under the sky, with noise, and what is where. */
export interface Yard {
  readonly picture: Picture;
  readonly truth: Uint16Array;
}

export const [yardWidth, yardHeight] = [200, 150];

/** Paints a yard. @param light by which all colours are multiplied */
export function yard(balls: readonly Ball[], light = 1, seed = 1): Yard {
  const next = seededRandom(seed);
  const truth = new Uint16Array(yardWidth * yardHeight);
  const picture = paint(yardWidth, yardHeight, (x, y) => {
    const ball = balls.findLastIndex(one => Math.hypot(x - one.x, y - one.y) < one.radius);
    const isSky = y < yardHeight * 0.4;
    truth[y * yardWidth + x] = ball >= 0 ? firstBall + ball : isSky ? sky : grass;
    const [r, g, b] = ball >= 0 ? balls[ball].rgb : isSky ? [150, 190, 240] : [70, 140, 60];
    const noise = (isSky ? 6 : 24) * (next() - 0.5);
    const seen = (value: number) => Math.min(Math.max((value + noise) * light, 0), 255);
    return [seen(r), seen(g), seen(b)];
  });
  return { picture, truth };
}

/** The picture with a mask of what is where, in which every ball is an object of the class *ball*. */
export function labelled({ picture, truth }: Yard): LabelledPicture {
  const { width, height } = picture;
  const state = stateFromLabels({ width, height, labels: truth, palette: null });
  const properties = new Map(
    [...state.values].map(([region, value]) => [
      region,
      value === sky
        ? { class: 10, name: 'sky', colour: '#87ceeb' }
        : value === grass
          ? { class: 20, name: 'grass', colour: '#228b22' }
          : { class: 30, name: 'ball', colour: '#ff8800' },
    ]),
  );
  return { name: 'before.png', picture, document: new MaskDocument({ ...state, properties }) };
}

/** The base regions of a picture. */
export function regionsOf(picture: Picture): RegionMap {
  return slic(toLab(picture), { count: 500, compactness: 10, iterations: 5 });
}
