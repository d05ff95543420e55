import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MaskState } from '../../mask/document/maskState';
import {
  api,
  closeAll,
  documentOf,
  exists,
  keepUnsaved,
  labelsOn,
  makePicture,
  maskOf,
  open,
  segment,
  untilDirty,
  workspaceFolder,
} from './maskEditors';
import { until } from '../support/until';

/** Long enough that a test can act in the middle. */
async function withSlowTraining(action: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('labelless');
  const slow = { method: 'continuity', 'continuity.iterations': 10000, 'continuity.minimumLabels': 2 };
  for (const [key, value] of Object.entries(slow))
    await settings.update(key, value, vscode.ConfigurationTarget.Workspace);
  try {
    await action();
  } finally {
    for (const key of Object.keys(slow)) await settings.update(key, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

async function begin(image: vscode.Uri) {
  const ended = vscode.commands.executeCommand('labelless.segment', image);
  const document = await documentOf(image);
  await until('a preview', () => document.shown !== null && document.segmentation !== null);
  return { document, ended };
}

suite('runs', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('previews are no edits; a stopped run is one', () =>
    withSlowTraining(async () => {
      const image = makePicture('stopped.png', 240, 180);
      const { document, ended } = await begin(image);
      assert.equal(document.state, null);
      await untilDirty(image, false);
      await vscode.commands.executeCommand('labelless.stop');
      await ended;
      assert.ok((document.state as MaskState | null)?.run?.stopped);
      await untilDirty(image, true);
    }));

  test('an image deleted while the network trains: the result stays, and is saved', () =>
    withSlowTraining(async () => {
      const image = makePicture('deleted.png', 240, 180);
      const { document, ended } = await begin(image);
      await vscode.workspace.fs.delete(image);
      await vscode.commands.executeCommand('labelless.stop');
      await ended;
      assert.ok(document.state);
      await untilDirty(image, true);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await until('the mask on disk', () => exists(maskOf(image)));
      assert.equal(labelsOn(maskOf(image)).length, 240 * 180);
    }));

  test('a cancelled run leaves the document as it was', () =>
    withSlowTraining(async () => {
      const image = makePicture('cancelled.png', 240, 180);
      const { document, ended } = await begin(image);
      await vscode.commands.executeCommand('labelless.cancel');
      await ended;
      assert.equal(document.shown, null);
      assert.equal(document.segmentation, null);
      await untilDirty(image, false);
    }));

  test('a server that is killed in the middle is replaced, edits are intact, and the command works again', async () => {
    const image = makePicture('killed.png', 240, 180);
    const document = await segment(image);
    const { state } = document;
    await withSlowTraining(async () => {
      const ended = vscode.commands.executeCommand('labelless.segment', image);
      await until('the run', () => document.segmentation !== null && document.shown !== document.model);
      const { server } = await api();
      process.kill((await server.processId())!, 'SIGKILL');
      await ended;
    });
    assert.equal(document.segmentation, null);
    assert.equal(document.state, state);
    await untilDirty(image, true);
    await segment(image);
    assert.notEqual(document.state, state);
  });

  test('settings take effect on the next run', async () => {
    const image = makePicture('settings.png');
    const settings = vscode.workspace.getConfiguration('labelless', image);
    await settings.update('granularity', 0.8, vscode.ConfigurationTarget.Workspace);
    await settings.update('seed', 77, vscode.ConfigurationTarget.Workspace);
    try {
      const { state } = await segment(image);
      assert.equal(state?.granularity, 0.8);
      assert.equal(state.run?.seed, 77);
    } finally {
      for (const key of ['granularity', 'seed'])
        await settings.update(key, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('a batch writes every mask but those with unsaved edits', async () => {
    const folder = vscode.Uri.joinPath(vscode.Uri.file(workspaceFolder()), 'batch');
    const busy = vscode.Uri.joinPath(folder, 'picture 3.png');
    await segment(busy);
    await untilDirty(busy, true);
    const summary = await vscode.commands.executeCommand<{ written: string[]; failures: string[]; skipped: number }>(
      'labelless.segment',
      folder,
      [folder],
    );
    assert.deepEqual(summary.failures, []);
    assert.equal(summary.skipped, 1);
    assert.equal(summary.written.length, 2);
    assert.equal(exists(maskOf(busy)), false);
    const done = vscode.Uri.joinPath(folder, 'picture 2.png');
    const document = await open(done);
    assert.deepEqual(document.model!.labelMap(), labelsOn(maskOf(done)));
  });

  test('Segment Together: labels have one name in all images of a selection', async () => {
    const images = [makePicture('together 1.png'), makePicture('together 2.png')];
    const summary = await vscode.commands.executeCommand<{ written: string[]; failures: string[] }>(
      'labelless.segmentTogether',
      images[0],
      images,
    );
    assert.deepEqual(summary.failures, []);
    assert.equal(summary.written.length, 2);
    const names = [];
    for (const image of images)
      names.push(
        (await open(image))
          .model!.view()
          .labels.map(({ name }) => name)
          .sort(),
      );
    assert.deepEqual(names[0], names[1]);
    assert.ok(names[0].length > 1 && names[0].every(name => /^Label \d+$/.test(name)), names[0].join());
  });

  test('a broken image is a failure with its reason, and the rest goes on', async () => {
    const good = makePicture('good.png');
    const broken = vscode.Uri.joinPath(good, '..', 'broken.png');
    await vscode.workspace.fs.writeFile(broken, new TextEncoder().encode('no picture'));
    const summary = await vscode.commands.executeCommand<{ written: string[]; failures: string[] }>(
      'labelless.segment',
      broken,
      [broken, good],
    );
    assert.equal(summary.written.length, 1);
    assert.match(summary.failures[0], /broken\.png/);
    await until('a diagnostic', () => vscode.languages.getDiagnostics(broken).length > 0);
  });
});
