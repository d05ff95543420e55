import type { Experiment } from './experimentSchema';
import { trainedSize } from './trainedSize';

/** A conflict between settings of an experiment: the key at fault, and the remedy. */
export interface Conflict {
  readonly key: string;
  readonly message: string;
}

export function findConflicts(experiment: Experiment): Conflict[] {
  const { adaptation, network, target, training } = experiment;
  const conflicts: Conflict[] = [];
  const add = (key: string, message: string) => conflicts.push({ key, message });
  if (adaptation.strategy !== 'none' && !target)
    add(
      'target',
      `the strategy ${adaptation.strategy} adapts to target photos: name their folder, or choose the strategy none`,
    );
  if (adaptation.levels === 'multi' && network.name === 'compact')
    add('adaptation.levels', 'two levels need efficientnet-lite0 or mobilenetv2-aspp: compact has one output');
  if (adaptation.levels === 'features' && network.name !== 'efficientnet-lite0')
    add('adaptation.levels', `a discriminator on features needs the network efficientnet-lite0, not ${network.name}`);
  if (adaptation.levels === 'features' && adaptation.strategy === 'entropy')
    add('adaptation.levels', 'features have no entropy: choose the strategy adversarial, or another level');
  if (adaptation.levels !== 'single' && !hasDiscriminator(adaptation))
    add('adaptation.levels', 'levels need a strategy with a discriminator: adversarial, or entropy as advent');
  if (adaptation.targetStatistics > 0 && network.name !== 'efficientnet-lite0')
    add(
      'adaptation.targetStatistics',
      `only efficientnet-lite0 has a pretrained encoder to align: ${network.name} has none`,
    );
  if (adaptation.featureDistance > 0 && network.name !== 'efficientnet-lite0')
    add(
      'adaptation.featureDistance',
      `only efficientnet-lite0 has a pretrained encoder to stay near to: choose it as network.name, or leave this at 0`,
    );
  if (adaptation.warmUp >= training.steps && adaptation.strategy !== 'none')
    add('adaptation.warmUp', 'the warm-up takes all steps: nothing is left to adapt in');
  const smallest = smallestSide(adaptation);
  const sizeKey = adaptation.size && adaptation.strategy !== 'none' ? 'adaptation.size' : 'training.size';
  if (Math.min(...trainedSize(experiment)) < smallest)
    add(sizeKey, `the discriminator needs pictures of at least ${smallest}×${smallest}`);
  return conflicts;
}

/** Checks that an experiment has no conflicts. @throws Error that names the first conflict */
export function checkNoConflicts(experiment: Experiment): void {
  const [first] = findConflicts(experiment);
  if (first) throw new Error(`${first.key}: ${first.message}`);
}

/**
 * Returns the smallest side of the pictures: a discriminator's five halvings by 4×4 filters leave a pixel of 32, and
 * features have half of the picture's size.
 */
function smallestSide(adaptation: Experiment['adaptation']): number {
  if (!hasDiscriminator(adaptation)) return 16;
  return adaptation.levels === 'features' ? 64 : 32;
}

function hasDiscriminator({ strategy, entropyVariant }: Experiment['adaptation']): boolean {
  return strategy === 'adversarial' || (strategy === 'entropy' && entropyVariant === 'advent');
}
