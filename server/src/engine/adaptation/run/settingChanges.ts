import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../../experiment/experimentSchema';
import { withHoldOut } from '../../experiment/holdOut';

/** The parts of an experiment that must be unchanged for a run to be resumed; evaluation and output may change. */
const fixed = ['source', 'target', 'classes', 'network', 'adaptation', 'training'] as const;

interface SettingChange {
  readonly part: (typeof fixed)[number];
  /** The setting that changed, with both values: `training.steps was 10 and is 20`. */
  readonly setting: string;
}

/**
 * Finds the first setting that must not change while a run lasts, and did.
 * @param isListed whether the run has a list of its files; then it may read them from another folder
 */
export function findChangedSetting(before: Experiment, now: Experiment, isListed: boolean): SettingChange | undefined {
  const places = { root: undefined, images: undefined, labels: undefined, limit: undefined };
  // Pretrained weights are read once, when a run begins.
  const comparable = (experiment: Experiment) => {
    const { source, target, network, training, ...others } = withHoldOut(experiment);
    return {
      ...others,
      network: { ...network, pretrained: undefined },
      source: isListed ? { ...source, ...places } : source,
      target: isListed && target ? { ...target, ...places } : target,
      training: { ...training, backend: undefined },
    };
  };
  const [was, is] = [comparable(before), comparable(now)];
  const part = fixed.find(key => !isDeepStrictEqual(was[key], is[key]));
  return part && { part, setting: describeChange(part, was[part], is[part]) };
}

function describeChange(at: string, was: unknown, is: unknown): string {
  if (isObject(was) && isObject(is)) {
    const key = [...Object.keys(was), ...Object.keys(is)].find(name => !isDeepStrictEqual(was[name], is[name]));
    if (key !== undefined) return describeChange(`${at}.${key}`, was[key], is[key]);
  }
  return `${at} was ${shown(was)} and is ${shown(is)}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const longest = 60;

function shown(value: unknown): string {
  const text = value === undefined ? 'not set' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
