import type { ClassList } from '../layouts/classList';
import { listNames, type DataFinding } from './dataFinding';

/** The classes that a sample of labels has. */
export interface SampledClasses {
  /** Their indices. */
  readonly classes: ReadonlySet<number>;
  /** The files that were looked at, in words. */
  readonly sample: string;
  /** Whether they are all that there are. */
  readonly isComplete: boolean;
}

/**
 * Finds classes that cannot be learned since no labels of the source have them, and those of them that an evaluation
 * measures nevertheless. Nothing is found where the source has no class at all, which is another fault.
 * @param at the key of the evaluation's labels
 */
export function coverageFindings(
  { definitions }: ClassList,
  source: SampledClasses,
  evaluation: SampledClasses | undefined,
  at: readonly string[],
): DataFinding[] {
  if (source.classes.size === 0) return [];
  const severity = source.isComplete ? 'warning' : 'information';
  const absent = [...definitions.keys()].filter(index => !source.classes.has(index));
  const measured = absent.filter(index => evaluation?.classes.has(index));
  const names = (indices: readonly number[]) => listNames(indices.map(index => definitions[index]!.name));
  const findings: DataFinding[] = [];
  if (absent.length > 0)
    findings.push({
      path: ['classes'],
      severity,
      code: 'class-without-labels',
      message:
        `${absent.length} of the ${definitions.length} classes cannot be learned: no label of the source has ` +
        `${names(absent)}, of ${source.sample}.`,
    });
  if (measured.length > 0)
    findings.push({
      path: [...at],
      severity,
      code: 'evaluation-class-unknown',
      message:
        `The evaluation has ${names(measured)}, which no label of the source has, of ${source.sample}: ` +
        `the IoU of ${measured.length === 1 ? 'this class' : 'these classes'} will be 0, and lowers the mean.`,
    });
  return findings;
}
