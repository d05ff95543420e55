import { blur, gradient } from '../pixels/filters';
import { stack, standardised, type Planes } from '../pixels/planes';
import { reducePlanes } from '../pixels/resize';

/** Radii of the two blurs, as a share of the picture's shorter side. */
const radii = [0.012, 0.035];

/** Lab, Lab blurred twice, and how busy the surroundings of each pixel are. 10 channels. */
export function features(lab: Planes): Planes {
  const side = Math.min(lab.width, lab.height);
  const blurs = radii.map(share => blur(lab, Math.max(Math.round(side * share), 1)));
  const energy: Planes = { width: lab.width, height: lab.height, channels: 1, data: gradient(lab) };
  return stack([lab, ...blurs, blur(energy, Math.max(Math.round(side * radii[1]), 1))]);
}

/** What the fast network sees of a picture: its features, each channel with mean 0 and variance 1. */
export function networkInput(lab: Planes): Planes {
  return standardised(features(lab));
}

/** Pixels that the network sees: never more, for time; and never fewer, where the picture has them, for detail. */
const mostPixels = 60_000;
const fewestPixels = 4_000;

/** The picture at the size that the network sees: `scale` of its own within the bounds. */
export function reduced(lab: Planes, scale: number): Planes {
  const pixels = lab.width * lab.height;
  const bounded = Math.min(
    Math.max(Math.min(scale, Math.sqrt(mostPixels / pixels)), Math.sqrt(fewestPixels / pixels)),
    1,
  );
  const side = (length: number) => Math.max(Math.round(length * bounded), 1);
  return networkInput(reducePlanes(lab, side(lab.width), side(lab.height)));
}
