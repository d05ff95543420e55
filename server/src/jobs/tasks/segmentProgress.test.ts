import assert from 'node:assert/strict';
import { RateLimiter } from './segmentProgress';

suite('Pacer', () => {
  /** How often work of `cost` milliseconds is done in ten seconds of asking every millisecond. */
  function timesInTenSeconds(cost: number): number {
    let now = 0,
      times = 0;
    const limiter = new RateLimiter(() => now);
    for (; now < 10_000; now++) {
      limiter.runIfDue(() => {
        times++;
        now += cost;
      });
    }
    return times;
  }

  test('the first is due at once, then at most eight a second', () => {
    assert.equal(timesInTenSeconds(0), 80);
    assert.ok(timesInTenSeconds(5) <= 80);
  });

  test('dear previews come rarely: they take a twentieth of the time', () => {
    const times = timesInTenSeconds(100);
    assert.ok(times >= 4 && times * 100 <= 600, `${times}`);
  });
});
