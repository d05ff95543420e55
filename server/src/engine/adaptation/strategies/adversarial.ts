import { add, multiply, softmax, type Node } from '../../graph';
import { Weights } from '../networks/weights';
import { contest, improve, type Contest } from './domains';
import type { Laid, Part, Step } from './strategy';

/** What the discriminator sees of the logits [N,C,H,W] of an output. */
type View = (logits: Node) => Node;

/**
 * AdaptSegNet (Tsai et al., CVPR 2018): the network learns to give the target outputs that a discriminator takes for
 * the source's. With two levels each has a discriminator of its own (section 4.2).
 */
export function adversarial(step: Step): Part {
  return against(step, softmax);
}

/** The contest over a view of the output: probabilities in AdaptSegNet, self-information in AdvEnt. */
export function against(step: Step, view: View): Part {
  const {
    experiment: {
      adaptation,
      training: { seed },
    },
    onSource,
    strength,
  } = step;
  const onTarget = step.lay(step.target);
  const level = (name: 'main' | 'second', weight: number, salt: number) => {
    const weights = new Weights(`discriminator/${name}`, seed + salt);
    const found = contest(view(outputOf(onSource, name)), view(outputOf(onTarget, name)), adaptation, weights);
    return { contest: found, weights, objective: multiply(found.adversarial, multiply(strength, weight)) };
  };
  const levels = [
    level('main', adaptation.adversarialWeight, 1),
    ...(adaptation.levels === 'multi' ? [level('second', adaptation.secondAdversarialWeight, 2)] : []),
  ];
  const sum = (of: (each: Contest) => Node) => levels.map(each => of(each.contest)).reduce((a, b) => add(a, b));
  return {
    losses: { adversarial: sum(each => each.adversarial), discriminator: sum(each => each.discriminator) },
    objective: levels.map(({ objective }) => objective).reduce((a, b) => add(a, b)),
    statistics: onTarget.statistics,
    updates: () => levels.flatMap(each => improve(each.contest, each.weights, step.discriminatorRate)),
  };
}

/** @throws Error for an output that the network has not */
function outputOf(outputs: Laid, name: 'main' | 'second'): Node {
  const output = outputs[name];
  if (!output) throw new Error('adaptation.levels: "multi" needs a network with two outputs, such as mobilenetv2-aspp');
  return output;
}
