import assert from 'node:assert/strict';
import { AdaptRequest, ControlRunRequest, EvaluateRequest, FollowRunRequest, ListRunsRequest, ReadRunRequest, TrainingNotification } from './adapt';

suite('Messages of training runs', () => {
  test('have the names that clients of the command line\'s server rely on', () => {
    const messages = [AdaptRequest, EvaluateRequest, ReadRunRequest, ListRunsRequest, FollowRunRequest, ControlRunRequest, TrainingNotification];
    assert.deepEqual(messages.map(({ method }) => method), [
      'labelless/adapt', 'labelless/evaluate', 'labelless/readRun', 'labelless/listRuns', 'labelless/followRun', 'labelless/controlRun', 'labelless/training',
    ]);
  });
});
