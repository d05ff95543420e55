import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { RedisServer, redisProgram } from '../support/redisServer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { answerNotification, clickUntil, notification, runCommand } from './support/workbench';

const program = path.resolve('dist', 'cli.js');
const password = 'correct horse';

suite('watching a queue', () => {
  let session: Session;
  let redis: RedisServer;
  const workers: ChildProcess[] = [];

  suiteSetup(async function () {
    if (redisProgram() === undefined) this.skip();
    session = await openSession();
  });
  suiteTeardown(() => session?.close());
  // A Redis for each test, and for each attempt: it knows the queues of this one alone.
  setup(async () => {
    redis = await RedisServer.start('--requirepass', password);
  });
  teardown(async () => {
    await Promise.all(workers.splice(0).map(end));
    await redis.remove();
  });

  const env = { ...process.env, LABELLESS_QUEUE_PASSWORD: password };

  function enqueue(folder: string, name: string): void {
    const quick = ['--backend', 'cpu', '--threads', '1', '--set', 'clustering.iterations=5'];
    const args = [program, 'enqueue', folder, '--queue', redis.url, '--name', name, ...quick];
    execFileSync(process.execPath, args, { stdio: 'pipe', env });
  }

  /** Starts a worker that tries photos again soon. */
  function work(): ChildProcess {
    const args = [program, 'work', '--queue', redis.url, '--retry-after', '1'];
    const worker = spawn(process.execPath, args, { stdio: 'ignore', env });
    workers.push(worker);
    return worker;
  }

  const watchQueue = (page: Page) => runCommand(page, 'Labelless: Watch Queue');

  /** Answers the question that is open. @param asked a part of its text */
  async function answer(page: Page, asked: string, text: string): Promise<void> {
    const question = page.locator('.quick-input-widget', { hasText: asked });
    await question.waitFor({ timeout: 60_000 });
    await question.locator('input').first().fill(text);
    await page.keyboard.press('Enter');
  }

  test('asks for the password, shows progress and reasons, and results in a gallery that grows', () =>
    inWindow(session, { settings: { 'labelless.queue.url': redis.url } }, 'watch-queue', async ({ page, folder }) => {
      const photos = path.join(folder, 'photos');
      mkdirSync(photos);
      copyFileSync(path.join(folder, 'batch', 'picture 2.png'), path.join(photos, 'picture 2.png'));
      enqueue(photos, 'trial');
      await watchQueue(page);
      await answer(page, 'wants a password', 'wrong horse');
      await answer(page, 'refuses this password', password);
      const progress = notification(page, 'Queue trial');
      await progress.getByText('0 of 1 photo').waitFor({ timeout: 60_000 });

      for (const seed of [3, 4])
        copyFileSync(path.join(folder, 'batch', `picture ${seed}.png`), path.join(photos, `picture ${seed}.png`));
      writeFileSync(path.join(photos, 'broken.png'), 'no picture');
      enqueue(photos, 'trial');
      await progress.getByText('0 of 4 photos').waitFor();
      const worker = work();
      const gallery = new MaskEditor(page).frame;
      const link = progress.getByRole('link', { name: 'Show Results' });
      await link.waitFor({ timeout: 60_000 });
      process.kill(worker.pid!, 'SIGSTOP'); // until the gallery is open
      await clickUntil(link, gallery.locator('.card'), 'visible');
      await screenshot(page, 'watch-queue');
      process.kill(worker.pid!, 'SIGCONT');
      const message = notification(page, 'trial: 3 photos done, 1 set aside.');
      await message.waitFor({ timeout: 60_000 });
      await gallery.locator('.card img').nth(2).waitFor({ timeout: 60_000 });
      assert.equal(await gallery.locator('.card').count(), 3);
      await screenshot(page, 'watch-queue-results');
      const reasons = page.locator('.view-lines', { hasText: 'broken.png' });
      await clickUntil(message.getByRole('button', { name: 'Show Reasons' }), reasons, 'visible');
      assert.match((await reasons.innerText()).replaceAll('\u00a0', ' '), /set aside: it is not an image/);
      await screenshot(page, 'watch-queue-reasons');
    }));

  test('waits while Redis is away, and ends at Cancel with the queue as it was', () =>
    inWindow(session, {}, 'watch-queue-away', async ({ page, folder }) => {
      for (const name of ['another', 'third']) enqueue(path.join(folder, 'batch'), name);
      await watchQueue(page);
      await answer(page, 'Address of the Redis', redis.url.replace('//', `//:secret@`));
      await page.locator('.quick-input-widget', { hasText: 'must not have the password' }).waitFor();
      await answer(page, 'must not have the password', redis.url);
      await answer(page, 'wants a password', password);
      const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: 'another' });
      const progress = notification(page, 'Queue another');
      await clickUntil(choice, progress, 'visible');
      await progress.getByText('0 of 3 photos').waitFor();
      await redis.end();
      await progress.getByText('cannot be reached: nothing listens at this port; waiting').waitFor({ timeout: 60_000 });
      await screenshot(page, 'watch-queue-away');
      await redis.start();
      await progress.getByText('0 of 3 photos').waitFor({ timeout: 60_000 });
      await answerNotification(progress, 'Cancel');
      const args = [program, 'status', '--queue', redis.url, '--name', 'another', '--json'];
      const status = execFileSync(process.execPath, args, { encoding: 'utf8', env });
      assert.equal((JSON.parse(status) as { photos: { waiting: number } }).photos.waiting, 3);
    }));
});

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}
