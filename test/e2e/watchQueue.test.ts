import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { RedisServer, redisProgram } from '../support/redisServer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { clickUntil, notification, searchCommands } from './support/workbench';

const program = path.resolve('dist', 'cli.js');

suite('watching a queue', () => {
  let session: Session;
  let redis: RedisServer;
  let worker: ChildProcess | undefined;

  suiteSetup(async function () {
    const found = redisProgram();
    if (found === undefined) this.skip();
    redis = await RedisServer.start(found);
    session = await openSession();
  });
  suiteTeardown(async () => {
    await session?.close();
    await redis?.remove();
  });
  teardown(async () => {
    if (worker?.exitCode === null) {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    worker = undefined;
  });

  function enqueue(folder: string, name: string): void {
    const quick = ['--backend', 'cpu', '--threads', '1', '--set', 'clustering.iterations=5'];
    execFileSync(process.execPath, [program, 'enqueue', folder, '--queue', redis.url, '--name', name, ...quick], {
      stdio: 'pipe',
    });
  }

  function work(): void {
    worker = spawn(process.execPath, [program, 'work', '--queue', redis.url], { stdio: 'ignore' });
  }

  async function watchQueue(page: Page): Promise<void> {
    const commands = await searchCommands(page, 'Labelless: Watch Queue');
    await commands.filter({ hasText: 'Watch Queue' }).first().click();
  }

  test('shows its progress, its results as they come, and what became of it', () =>
    inWindow(session, { settings: { 'labelless.queue.url': redis.url } }, 'watch-queue', async ({ page, folder }) => {
      enqueue(path.join(folder, 'batch'), 'trial');
      await watchQueue(page);
      const progress = notification(page, 'Queue trial');
      await progress.getByText('0 of 3 photos').waitFor({ timeout: 60_000 });
      work();
      const link = progress.getByRole('link', { name: 'Show Results' });
      const end = notification(page, 'trial: 3 photos done.');
      await end.or(link).first().waitFor({ timeout: 60_000 });
      if (await link.isVisible()) await screenshot(page, 'watch-queue');
      await end.waitFor({ timeout: 60_000 });
      const gallery = new MaskEditor(page).frame;
      const results = end.getByRole('button', { name: 'Show Results' });
      await clickUntil(results, gallery.locator('.card'), 'visible');
      await gallery.locator('.card img').nth(2).waitFor({ timeout: 60_000 });
      assert.equal(await gallery.locator('.card img').count(), 3);
      await screenshot(page, 'watch-queue-results');
    }));
});
