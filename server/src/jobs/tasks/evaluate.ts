import path from 'node:path';
import type { EvaluationResult } from '../../../../protocol/trainingRun';
import { evaluateRun } from '../../engine/adaptation/evaluateRun';
import { openBackend } from '../../engine/backend/open';
import type { EvaluateTask } from '../messages';
import { backendOptions } from './backend';
import type { TaskContext } from './run';

/** Measures a run, with the number of pictures on the way. */
export function evaluate(
  { folder, checkpoint, settings }: EvaluateTask,
  { emit, signals }: Pick<TaskContext, 'emit' | 'signals'>,
): Promise<EvaluationResult> {
  return evaluateRun(folder, {
    checkpoint,
    openBackend: () => openBackend(settings.backend, backendOptions(settings)),
    signal: signals.cancel,
    onPicture: pictures => {
      emit({ type: 'measured', pictures });
    },
    onProblem: problem => {
      emit({ type: 'log', level: 'warn', message: `${path.basename(folder)}: ${problem}` });
    },
  });
}
