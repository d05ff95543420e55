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
    add('adaptation.levels', 'two levels need the network mobilenetv2-aspp: compact has one output');
  if (adaptation.levels === 'multi' && !hasDiscriminator(adaptation))
    add('adaptation.levels', 'a second level needs a strategy with a discriminator: adversarial, or entropy as advent');
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

/** Returns the smallest side of the pictures: a discriminator's five halvings by 4×4 filters leave a pixel of 32. */
function smallestSide(adaptation: Experiment['adaptation']): number {
  return hasDiscriminator(adaptation) ? 32 : 16;
}

function hasDiscriminator({ strategy, entropyVariant }: Experiment['adaptation']): boolean {
  return strategy === 'adversarial' || (strategy === 'entropy' && entropyVariant === 'advent');
}
