import type { Experiment } from '../../experiment/experimentSchema';
import type { DataFinding } from '../../dataset/inspection/dataFinding';
import { inspectTraining } from './inspectTraining';

/** How an experiment is checked before training. */
export interface TrainingCheck {
  /** Whether errors are only told: a run that has begun decides for itself what it can go on with. */
  readonly onlyTell: boolean;
  /** Receives a line for each finding that does not refuse the experiment. */
  readonly onRemark: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Looks at an experiment's data and pretrained weights before training, as the editor does while its file is written.
 * @param base the folder of the experiment file
 * @throws Error with a line for each reason why nothing could be learned; AbortError
 */
export async function checkTraining(
  experiment: Experiment,
  base: string,
  { onlyTell, onRemark, signal = new AbortController().signal }: TrainingCheck,
): Promise<void> {
  const findings = await inspectTraining(experiment, base, signal);
  const refused = onlyTell ? [] : findings.filter(isReasonToRefuse);
  // Training tells of each file what is left out of it.
  const isToldLater = ({ code }: DataFinding) => code === 'shapes-left-out' && refused.length === 0;
  for (const finding of findings) if (!refused.includes(finding) && !isToldLater(finding)) onRemark(lineOf(finding));
  if (refused.length > 0) throw new Error(refused.map(lineOf).join('\n'));
}

/** Files that cannot be measured on are left out of measuring, which never costs training. */
function isReasonToRefuse({ severity, code, path: [part] }: DataFinding): boolean {
  const isOfMeasuring = part === 'evaluation' && (code === 'unreadable-file' || code === 'size-mismatch');
  return severity === 'error' && !isOfMeasuring;
}

function lineOf({ path, message }: DataFinding): string {
  return `${path.join('.')}: ${message.replace(/\.$/, '')}`;
}
