import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { BackgroundLane } from './backgroundLane';
import { CancelledError } from './jobErrors';
import type { Task } from './jobMessages';
import type { Lane } from './lane';
import type { TaskControl } from './workerProcess';

/** A lane whose tasks end when the test says so, or when they are cancelled. */
class FakeLane implements Pick<Lane, 'retire' | 'close'> {
  begun = 0;
  retired = 0;
  finish: () => void = () => undefined;

  run = ((_: Task, { cancel }: TaskControl) =>
    new Promise<unknown>((resolve, reject) => {
      this.begun++;
      this.finish = () => {
        resolve('done');
      };
      cancel.addEventListener('abort', () => {
        reject(new CancelledError());
      });
    })) as unknown as Lane['run'];

  retire(): void {
    this.retired++;
  }

  close(): void {
    /* has no process */
  }
}

suite('The background lane', () => {
  const never = new AbortController().signal;
  const task = { kind: 'header', path: 'a.png' } as Task;

  function opened(): { fake: FakeLane; lane: BackgroundLane; setBusy: (busy: boolean) => void } {
    const fake = new FakeLane();
    let isBusy = false;
    const lane = new BackgroundLane(fake, () => isBusy, 20);
    return {
      fake,
      lane,
      setBusy: busy => {
        isBusy = busy;
        lane.foregroundChanged();
      },
    };
  }

  test('ends its task at once for foreground work, and begins it again after a rest', async () => {
    const { fake, lane, setBusy } = opened();
    const result = lane.run(task, { cancel: never });
    await wait(0);
    assert.equal(fake.begun, 1);
    setBusy(true);
    assert.equal(fake.retired, 1);
    await wait(30);
    assert.equal(fake.begun, 1, 'not beside the foreground');
    setBusy(false);
    setBusy(true);
    setBusy(false);
    await wait(5);
    assert.equal(fake.begun, 1, 'not in a pause');
    await wait(40);
    assert.equal(fake.begun, 2);
    fake.finish();
    assert.equal(await result, 'done');
  });

  test('a task waits for the foreground, and leaves when it is cancelled', async () => {
    const { fake, lane, setBusy } = opened();
    setBusy(true);
    const cancel = new AbortController();
    const waiting = lane.run(task, { cancel: cancel.signal });
    const next = lane.run(task, { cancel: never });
    await wait(0);
    cancel.abort();
    await assert.rejects(waiting, CancelledError);
    setBusy(false);
    await wait(40);
    assert.equal(fake.begun, 1);
    fake.finish();
    assert.equal(await next, 'done');
  });

  test('passes errors on, and takes one task at a time', async () => {
    const { fake, lane } = opened();
    fake.run = () => Promise.reject(new Error('not an image'));
    await assert.rejects(lane.run(task, { cancel: never }), /not an image/);
  });
});
