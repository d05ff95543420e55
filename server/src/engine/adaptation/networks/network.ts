import type { Node } from '../../graph';
import type { Experiment } from '../experiment';
import { compact } from './compact';
import { mobilenetv2Aspp } from './mobilenetv2Aspp';
import type { Pass } from './pass';

/** Logits [N, classes, H, W] at the input's size. */
export interface Outputs {
  readonly main: Node;
  /** The same from an earlier level, of networks that have one (AdaptSegNet, section 4.2). */
  readonly second?: Node;
}

/** A segmentation network laid over pictures x [N,3,H,W]. */
export type Network = (x: Node, pass: Pass) => Outputs;

/** The network that an experiment names, for so many classes. */
export function networkOf({ name, channels }: Experiment['network'], classes: number): Network {
  switch (name) {
    case 'compact':
      return (x, pass) => compact(x, channels, classes, pass);
    case 'mobilenetv2-aspp':
      return (x, pass) => mobilenetv2Aspp(x, classes, pass);
  }
}
