import type { Experiment } from './experimentSchema';

/** Returns the width and height of the pictures that a run's last steps see: the finished network is made for them. */
export function trainedSize({ adaptation, training }: Experiment): readonly [number, number] {
  return adaptation.strategy === 'none' ? training.size : (adaptation.size ?? training.size);
}
