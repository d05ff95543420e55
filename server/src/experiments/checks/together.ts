import { conflictsOf, type Conflict } from '../../engine/adaptation/combinations';
import { experimentSchema, type Experiment } from '../../engine/adaptation/experiment';
import { minimalExperiment } from '../schema';
import type { Fix, Problem } from '../problems';
import type { Source } from '../source';

/** Settings that cannot go together; nothing of a file whose settings are not sound one by one. */
export function checkTogether({ value }: Source): Problem[] {
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) return [];
  return conflictsOf(parsed.data).map(conflict => ({
    path: conflict.key.split('.'),
    on: 'value',
    severity: 'error',
    code: 'conflict',
    message: `${conflict.key}: ${conflict.message}.`,
    fixes: fixesOf(conflict, parsed.data),
  }));
}

function fixesOf({ key }: Conflict, { training, network }: Experiment): Fix[] {
  const set = (title: string, path: string, value: unknown): Fix => ({
    title,
    kind: 'set',
    path: path.split('.'),
    value,
  });
  switch (key) {
    case 'target':
      return [
        set('Add "target"', key, minimalExperiment.target),
        set('Choose the strategy "none"', 'adaptation.strategy', 'none'),
      ];
    case 'adaptation.levels':
      return [
        set('Adapt a single level', key, 'single'),
        network.name === 'compact'
          ? set('Choose the network "mobilenetv2-aspp"', 'network.name', 'mobilenetv2-aspp')
          : set('Choose the strategy "adversarial"', 'adaptation.strategy', 'adversarial'),
      ];
    case 'adaptation.warmUp':
      return [
        set('Warm up for a tenth of the steps', key, Math.floor(training.steps / 10)),
        set('Begin to adapt at once', key, 0),
      ];
    case 'training.size':
      return [
        set(
          'Enlarge to what the discriminator needs',
          key,
          training.size.map(side => Math.max(side, 32)),
        ),
      ];
    default:
      return [];
  }
}
