import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { byMethod, otherFile, otherMask } from '../../client/compare/comparisons';
import {
  api,
  closeAll,
  edit,
  keepUnsaved,
  makePicture,
  maskOf,
  open,
  save,
  segment,
  siblingOf,
  untilDirty,
} from './maskEditors';
import { until } from '../support/until';

suite('comparing', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('with the picture, chosen from the command; it is no edit, and ends by command', async () => {
    const image = makePicture('compared.png');
    const document = await segment(image);
    await save(image);
    void vscode.commands.executeCommand('labelless.compareWith');
    const waiting = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }, 200);
    try {
      await until('a comparison', () => document.comparison !== null);
    } finally {
      clearInterval(waiting);
    }
    assert.deepEqual(document.comparison, { kind: 'picture' });
    await untilDirty(image, false);
    await vscode.commands.executeCommand('labelless.stopComparing');
    assert.equal(document.comparison, null);
  });

  test('with the saved mask, which stays as it was when the document changes', async () => {
    const image = makePicture('before.png');
    const document = await segment(image);
    await save(image);
    const before = document.model!.labelMap();
    await edit(document, { kind: 'granularity', granularity: 1 });
    const other = await otherMask(document, document.location, 'saved');
    assert.ok(other.kind === 'mask');
    assert.deepEqual(
      other.ids.map(id => other.mask.labelOf[id]),
      before,
    );
    assert.notDeepEqual(document.model!.labelMap(), before);
  });

  test('with a mask of another size is refused by name', async () => {
    const [image, larger] = [makePicture('small.png'), makePicture('larger.png', 160, 100)];
    await segment(larger);
    await save(larger);
    const document = await segment(image);
    const { server } = await api();
    await assert.rejects(
      otherFile(document, maskOf(larger), server),
      /larger\.mask\.png has 160×100 pixels and the mask of small\.png 120×90/,
    );
  });

  test("with a truth in LabelMe's and in COCO's JSON, each pixel as its shapes say", async () => {
    const image = makePicture('labelled.png');
    const document = await segment(image);
    const { server } = await api();
    const { state } = document;
    const corners = [
      [10, 20],
      [50, 20],
      [50, 60],
      [10, 60],
    ];
    const write = (name: string, content: unknown) => {
      const file = siblingOf(image, name);
      writeFileSync(file.fsPath, JSON.stringify(content));
      return file;
    };
    const labelme = (imageWidth: number) => ({
      shapes: [{ label: 'cup', shape_type: 'polygon', points: corners }],
      imageWidth,
      imageHeight: 90,
    });
    const coco = (name: string) => ({
      images: [
        { id: 1, file_name: 'other.png', width: 5, height: 5 },
        { id: 2, file_name: `photos/${name}`, width: 120, height: 90 },
      ],
      categories: [{ id: 3, name: 'cup' }],
      annotations: [{ image_id: 2, category_id: 3, segmentation: [corners.flat()] }],
    });
    for (const file of [write('truth.json', labelme(120)), write('truth.coco.json', coco('labelled.png'))]) {
      const other = await otherFile(document, file, server);
      assert.ok(other?.kind === 'mask');
      assert.deepEqual(
        [other.width, other.height, other.mask.labels.map(({ name, area }) => [name, area])],
        [120, 90, [['cup', 1600]]],
      );
      const labelled = Array.from(other.ids, id => other.mask.labelOf[id]);
      labelled.forEach((value, p) => {
        const [x, y] = [p % 120, Math.floor(p / 120)];
        assert.equal(value !== 0, x >= 10 && x < 50 && y >= 20 && y < 60, `${x}, ${y}`);
      });
    }
    const empty = await otherFile(document, write('empty.json', { ...labelme(120), shapes: [] }), server);
    assert.ok(empty?.kind === 'mask' && empty.mask.labels.length === 0);
    await assert.rejects(
      otherFile(document, write('narrow.json', labelme(60)), server),
      /narrow\.json cannot be compared with: its labels are of 60×90 pixels, the image has 120×90/,
    );
    await assert.rejects(
      otherFile(document, write('foreign.json', coco('b.png')), server),
      /foreign\.json cannot be compared with: it lists no image called labelled\.png/,
    );
    await assert.rejects(
      otherFile(document, write('none.json', [1]), server),
      /none\.json cannot be compared with: it is neither/,
    );
    const unlabelled = await open(makePicture('unlabelled.png'));
    await assert.rejects(
      otherFile(unlabelled, write('huge.json', labelme(10_000_000)), server),
      /huge\.json cannot be compared with: its labels are of 10000000×90 pixels, the image has 120×90/,
    );
    assert.equal(document.state, state);
  });

  test('with what another method makes of the picture, without touching the mask', async () => {
    const image = makePicture('methods.png');
    await vscode.workspace
      .getConfiguration('labelless')
      .update('continuity.iterations', 3, vscode.ConfigurationTarget.Workspace);
    const document = await segment(image);
    await save(image);
    const { state } = document;
    const other = await byMethod(image, (await api()).server, { method: 'continuity' });
    assert.ok(other.kind === 'mask');
    assert.deepEqual([other.name, other.width, other.height, other.ids.length], ['continuity', 120, 90, 120 * 90]);
    assert.ok(other.mask.labels.length > 0);
    assert.equal(document.state, state);
    await untilDirty(image, false);
  });
});
