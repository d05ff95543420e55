import { blur, gradientMagnitude } from '../pixels/filters';
import { stackChannels, standardise, type Planes } from '../pixels/planes';
import { reducePlanes } from '../pixels/resize';

/** Radii of the two blurs, as a share of the picture's shorter side. */
const radii = [0.012, 0.035];

/** Ten channels of features: Lab, Lab blurred by two radii, and the mean gradient around each pixel. */
export function pictureFeatures(lab: Planes): Planes {
  const side = Math.min(lab.width, lab.height);
  const blurs = radii.map(share => blur(lab, Math.max(Math.round(side * share), 1)));
  const energy: Planes = { width: lab.width, height: lab.height, channels: 1, data: gradientMagnitude(lab) };
  return stackChannels([lab, ...blurs, blur(energy, Math.max(Math.round(side * radii[1]), 1))]);
}

/** The input of the fast network: a picture's features, each channel with mean 0 and variance 1. */
export function networkInput(lab: Planes): Planes {
  return standardise(pictureFeatures(lab));
}

/** Bounds of the pixels that the network sees: the upper one for time, the lower one for detail. */
const mostPixels = 60_000;
const fewestPixels = 4_000;

/** The network's input at the size that it sees: `scale` of the picture's own, within the bounds. */
export function reducedInput(lab: Planes, scale: number): Planes {
  const pixels = lab.width * lab.height;
  const bounded = Math.min(
    Math.max(Math.min(scale, Math.sqrt(mostPixels / pixels)), Math.sqrt(fewestPixels / pixels)),
    1,
  );
  const side = (length: number) => Math.max(Math.round(length * bounded), 1);
  return networkInput(reducePlanes(lab, side(lab.width), side(lab.height)));
}
