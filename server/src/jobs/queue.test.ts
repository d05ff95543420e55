import assert from 'node:assert/strict';
import { CancelledError } from './jobErrors';
import { Queue } from './queue';

suite('Queue', () => {
  const never = new AbortController().signal;

  /** Work that ends when told. */
  function gate(): { work: () => Promise<void>; open: () => void } {
    let open = () => undefined as void;
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    return { work: () => opened, open };
  }

  test('lets one in at a time, by priority, then by arrival', async () => {
    const queue = new Queue(() => undefined);
    const order: string[] = [];
    const first = gate();
    const enter = (name: string) => () => {
      assert.equal(queue.running, 1);
      order.push(name);
      return Promise.resolve();
    };
    const all = [
      queue.run(0, never, first.work),
      queue.run(0, never, enter('early')),
      queue.run(0, never, enter('late')),
      queue.run(1, never, enter('urgent')),
    ];
    assert.equal(queue.waiting, 3);
    first.open();
    await Promise.all(all);
    assert.deepEqual(order, ['urgent', 'early', 'late']);
    assert.deepEqual([queue.running, queue.waiting], [0, 0]);
  });

  test('a cancelled one leaves its place at once, the next still gets in', async () => {
    const queue = new Queue(() => undefined);
    const first = gate();
    const running = queue.run(0, never, first.work);
    const cancel = new AbortController();
    const waiting = queue.run(0, cancel.signal, () => Promise.reject(new Error('must not run')));
    const next = queue.run(0, never, () => Promise.resolve('in'));
    cancel.abort();
    await assert.rejects(waiting, CancelledError);
    assert.equal(queue.waiting, 1);
    first.open();
    await running;
    assert.equal(await next, 'in');
  });

  test('work that fails frees the place', async () => {
    const queue = new Queue(() => undefined);
    await assert.rejects(
      queue.run(0, never, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await queue.run(0, never, () => Promise.resolve('in')), 'in');
  });
});
