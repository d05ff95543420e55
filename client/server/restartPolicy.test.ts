import assert from 'node:assert/strict';
import { RestartPolicy } from './restartPolicy';

suite('restart policy', () => {
  test('restarts four times in three minutes, then gives up', () => {
    const policy = new RestartPolicy();
    assert.deepEqual(
      [0, 1000, 2000, 3000, 4000].map(time => policy.allows(time)),
      [true, true, true, true, false],
    );
  });

  test('restarts again once the earliest restart is three minutes old', () => {
    const policy = new RestartPolicy();
    for (const time of [0, 100_000, 110_000, 120_000]) policy.allows(time);
    assert.equal(policy.allows(179_999), false);
    assert.equal(policy.allows(180_000), true);
    assert.equal(policy.allows(180_001), false);
  });

  test('starts afresh when the user asks for a restart', () => {
    const policy = new RestartPolicy();
    for (const time of [0, 1, 2, 3]) policy.allows(time);
    policy.reset();
    assert.equal(policy.allows(4), true);
  });
});
