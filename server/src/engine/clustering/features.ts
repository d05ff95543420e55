import { blur } from './blur';
import { gradient } from './boundary';
import { stack, standardised, type Planes } from './planes';

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
