import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { findConflicts } from '../../server/src/engine/experiment/conflicts';
import { experimentSchema, type Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { trainedSize } from '../../server/src/engine/experiment/trainedSize';

/** A row to train and to measure. */
export interface PlannedRow {
  readonly name: string;
  readonly experiment: Experiment;
  readonly controls: Controls;
}

/** Names of the rows that show what adaptation itself is worth. */
interface Controls {
  /** The source alone, for as many steps. */
  readonly source?: string;
  /** The same, with the target's statistics. */
  readonly statistics?: string;
}

/** A row as it was written, and the share of target statistics that its control has. */
export interface WantedRow {
  readonly experiment: Experiment;
  readonly controlStatistics: number;
}

/**
 * Lists the rows to train: those wanted, and before each its controls. What would be trained alike is one row, under
 * the name that it has among `named`.
 * @param named all rows of the pair, the wanted ones included
 */
export function planRows(
  wanted: readonly string[],
  named: Readonly<Record<string, WantedRow>>,
  withControls: boolean,
): PlannedRow[] {
  const names = new Map(Object.entries(named).map(([name, { experiment }]) => [trainingKey(experiment), name]));
  const planned = new Map<string, PlannedRow>();
  const addControl = (experiment: Experiment, controls: Controls): string | undefined => {
    if (findConflicts(experiment).length > 0) return undefined;
    const key = trainingKey(experiment);
    const described = describeControl(experiment);
    const name = names.get(key) ?? (planned.has(described) ? `${described}, ${key}` : described);
    names.set(key, name);
    if (!planned.has(name)) planned.set(name, { name, experiment, controls });
    return name;
  };
  for (const name of wanted) {
    const { experiment, controlStatistics } = named[name]!;
    const { strategy, targetStatistics } = experiment.adaptation;
    const adapts = strategy !== 'none';
    const controls: { source?: string; statistics?: string } = {};
    if (withControls && (adapts || targetStatistics > 0)) {
      const source = addControl(sourceAlone(experiment, 0), {});
      if (source !== undefined) controls.source = source;
    }
    if (withControls && adapts) {
      const statistics = addControl(sourceAlone(experiment, controlStatistics), { ...controls });
      if (statistics !== undefined) controls.statistics = statistics;
    }
    planned.set(name, { name, experiment, controls });
  }
  return [...planned.values()];
}

const defaults = experimentSchema.parse({ source: {}, classes: 'camvid11' });

/**
 * A hash of the settings that decide how a network is trained, but for the seed. A setting at its default value does
 * not count, so that runs stay the same when settings are added.
 */
export function trainingKey(experiment: Experiment): string {
  const own = (['network', 'adaptation', 'training'] as const).map(part => {
    const usual: Readonly<Record<string, unknown>> = defaults[part];
    const settings = Object.entries(experiment[part]).filter(
      ([key, value]) => key !== 'seed' && !isDeepStrictEqual(value, usual[key]),
    );
    return settings.sort(([a], [b]) => (a < b ? -1 : 1));
  });
  return createHash('sha256').update(JSON.stringify(own)).digest('hex').slice(0, 8);
}

/**
 * The control of an experiment: as many steps on the source alone, all with pictures as large as those of its last
 * stage and in batches as large as those of its first, so that it sees no less of the source. What keeps features near
 * those of the pretrained encoder needs no target, and stays.
 */
function sourceAlone(experiment: Experiment, targetStatistics: number): Experiment {
  return {
    ...experiment,
    adaptation: experimentSchema.shape.adaptation.parse({
      strategy: 'none',
      targetStatistics,
      featureDistance: experiment.adaptation.featureDistance,
    }),
    training: { ...experiment.training, size: [...trainedSize(experiment)] },
  };
}

function describeControl({ training, adaptation: { targetStatistics }, network }: Experiment): string {
  const statistics = targetStatistics > 0 ? `, target statistics ${targetStatistics}` : '';
  const { steps, size } = training;
  return `source alone${statistics}, ${steps} steps at ${size.join(' × ')}, ${network.name}`;
}
