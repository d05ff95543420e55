import assert from 'node:assert/strict';
import { parseTrainingMessage } from './messages';

suite('messages from the training view', () => {
  test('takes what the page may ask, and nothing more', () => {
    for (const right of [{ type: 'ready' }, { type: 'action', action: 'stop' }])
      assert.deepEqual(parseTrainingMessage(right), right);
    for (const wrong of [undefined, 'stop', {}, { type: 'action' }, { type: 'action', action: 'delete' }])
      assert.throws(() => parseTrainingMessage(wrong), /something unknown/);
  });
});
