import type { Experiment } from '../../experiment/experimentSchema';
import { compact } from './compact';
import { efficientnetLite0 } from './efficientnetLite0';
import { mobilenetv2Aspp } from './mobilenetv2Aspp';
import type { Network } from './layers';

/**
 * Returns the network that an experiment names, for a number of classes.
 * @param levels how many outputs it needs: with `multi` a second one of an earlier level, which `compact` has not
 */
export function segmentationNetwork(
  { name, channels }: Experiment['network'],
  classes: number,
  levels: Experiment['adaptation']['levels'] = 'single',
): Network {
  switch (name) {
    case 'compact':
      return (x, pass) => compact(x, channels, classes, pass);
    case 'efficientnet-lite0':
      return (x, pass) => efficientnetLite0(x, classes, pass, levels === 'multi');
    case 'mobilenetv2-aspp':
      return (x, pass) => mobilenetv2Aspp(x, classes, pass);
  }
}
