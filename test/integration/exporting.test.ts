import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { decode } from 'fast-png';
import { cocoLabels } from '../../mask/formats/cocoLabels';
import { readCoco } from '../../mask/formats/readCoco';
import { areaOf } from '../../mask/shapes/shapes';
import type { ExportSetResult } from '../../protocol/exportMessages';
import {
  closeAll,
  edit,
  exists,
  keepUnsaved,
  labelsOn,
  makePicture,
  maskOf,
  open,
  save,
  segment,
  siblingOf,
  untilDirty,
  workspaceFolder,
} from './maskEditors';
import { until } from '../support/until';

/** The pixels of each label name in an exported COCO file. */
function cocoAreas(file: vscode.Uri, image: string): Map<string, number> {
  const { parts } = readCoco(JSON.parse(readFileSync(file.fsPath, 'utf8')));
  const { width, height, ...part } = parts.get(image)!;
  const areas = new Map<string, number>();
  for (const shape of cocoLabels(part, { width: width!, height: height! }).shapes)
    areas.set(shape.name, (areas.get(shape.name) ?? 0) + areaOf(shape));
  return areas;
}

const runExport = (...formats: string[]) =>
  vscode.commands.executeCommand<string[] | undefined>('labelless.export', formats);
const settings = () => vscode.workspace.getConfiguration('labelless.output');

suite('exports', () => {
  suiteSetup(keepUnsaved);
  teardown(async () => {
    for (const key of ['formats', 'exportOnSave'])
      await settings().update(key, undefined, vscode.ConfigurationTarget.Workspace);
    for (const name of ['labelless.voc', 'labelless.yolo'])
      rmSync(path.join(workspaceFolder(), name), { recursive: true, force: true });
    await closeAll();
  });

  test('write the mask as shown, saved or not, in every format', async () => {
    const image = makePicture('exported.png');
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'sky' });
    const written = await runExport('overlay', 'npy', 'classes', 'coco', 'labelme', 'voc', 'yolo');
    assert.deepEqual(
      written?.map(file => path.basename(file)),
      [
        'exported.overlay.png',
        'exported.mask.npy',
        'exported.mask.classes',
        'exported.coco.json',
        'exported.json',
        'labelless.voc',
        'labelless.yolo',
      ],
    );
    for (const file of written) assert.ok(existsSync(file), file);
    const areas = cocoAreas(siblingOf(image, 'exported.coco.json'), 'exported.png');
    assert.deepEqual(areas, new Map(document.model!.view().labels.map(({ name, area }) => [name, area])));
    assert.ok(areas.has('sky'));
    assert.equal(exists(maskOf(image)), false);
    await untilDirty(image, true);
    assert.deepEqual(await runExport('mask'), [maskOf(image).fsPath]);
    await untilDirty(image, false);
    assert.deepEqual(labelsOn(maskOf(image)), document.model!.labelMap());
  });

  test('without a mask write nothing', async () => {
    const image = makePicture('no mask.png');
    await open(image);
    assert.equal(await runExport('coco'), undefined);
    assert.equal(exists(siblingOf(image, 'no mask.coco.json')), false);
  });

  test('follow each save where the setting says so, and never stand in its way', async () => {
    await settings().update('formats', ['mask', 'coco', 'labelme'], vscode.ConfigurationTarget.Workspace);
    const image = makePicture('on save.png');
    const coco = siblingOf(image, 'on save.coco.json');
    const document = await segment(image);
    await save(image);
    await settings().update('exportOnSave', true, vscode.ConfigurationTarget.Workspace);
    assert.equal(exists(coco), false);
    await edit(document, { kind: 'rename', value: 1, name: 'first' });
    await untilDirty(image, true);
    await save(image);
    await until('the export', () => exists(coco) && cocoAreas(coco, 'on save.png').has('first'));
    writeFileSync(siblingOf(image, 'on save.json').fsPath, 'mine');
    await edit(document, { kind: 'rename', value: 1, name: 'second' });
    await untilDirty(image, true);
    await save(image);
    await new Promise(resolve => setTimeout(resolve, 1500));
    assert.equal(readFileSync(siblingOf(image, 'on save.json').fsPath, 'utf8'), 'mine');
    assert.ok(cocoAreas(coco, 'on save.png').has('first'), 'all formats or none');
    assert.match(readFileSync(siblingOf(image, 'on save.mask.json').fsPath, 'utf8'), /"second"/);
  });

  test('of LabelMe and COCO are imported again, as one undoable step, into a mask or without one', async () => {
    const image = makePicture('imported.png');
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'sky' });
    await runExport('labelme', 'coco');
    const areas = () =>
      document
        .model!.view()
        .labels.map(({ name, area }) => `${name} ${area}`)
        .sort();
    const exported = areas();
    await edit(document, { kind: 'erase', values: document.model!.view().labels.map(({ value }) => value) });
    assert.deepEqual(areas(), []);
    for (const name of ['imported.json', 'imported.coco.json']) {
      await vscode.commands.executeCommand('labelless.importLabels', siblingOf(image, name));
      assert.deepEqual(areas(), exported);
      assert.ok(document.state!.hierarchy);
      await new Promise(resolve => setTimeout(resolve, 200)); // until VS Code knows of the step
      await vscode.commands.executeCommand('undo');
      await until('the import undone', () => areas().length === 0);
    }
    const twin = makePicture('twin of it.png');
    const other = await open(twin);
    writeFileSync(siblingOf(twin, 'broken.json').fsPath, '{');
    writeFileSync(siblingOf(twin, 'small.json').fsPath, JSON.stringify({ shapes: [], imageWidth: 3, imageHeight: 3 }));
    for (const name of ['broken.json', 'small.json', 'imported.coco.json'])
      await vscode.commands.executeCommand('labelless.importLabels', siblingOf(twin, name));
    assert.equal(other.state, null);
    await vscode.commands.executeCommand('labelless.importLabels', siblingOf(twin, 'imported.json'));
    assert.deepEqual(
      other
        .model!.view()
        .labels.map(({ name, area }) => `${name} ${area}`)
        .sort(),
      exported,
    );
    await untilDirty(twin, true);
  });

  test('of many saved masks become one data set; images without a saved mask are left out and named', async () => {
    const [first, second, bare] = [makePicture('many-a.png'), makePicture('many-b.png'), makePicture('many-c.png')];
    const document = await segment(first);
    await edit(document, { kind: 'rename', value: 1, name: 'sky' });
    await save(first);
    await edit(document, { kind: 'rename', value: 1, name: 'not saved' });
    await segment(second);
    await save(second);
    await segment(bare);
    const folder = vscode.Uri.file(path.join(workspaceFolder(), 'data set'));
    const run = (format: string, ...images: vscode.Uri[]) =>
      vscode.commands.executeCommand<ExportSetResult | undefined>('labelless.exportMasks', images[0], images, {
        format,
        folder,
      });
    const result = await run('coco', first, second, bare);
    assert.deepEqual(
      [result?.exported, result?.cancelled, result?.failures],
      [2, false, ['many-c.png has no saved mask.']],
    );
    assert.match(result!.notes.join(), /many-a\.png has unsaved changes/);
    assert.ok(result!.generated.includes('Region 2'));
    const file = vscode.Uri.joinPath(folder, 'labelless.coco.json');
    assert.ok(cocoAreas(file, 'many-a.png').has('sky'), 'as saved');
    assert.equal(
      [...cocoAreas(file, 'many-b.png').values()].reduce((sum, area) => sum + area, 0),
      120 * 90,
    );
    assert.equal(await run('coco', bare), undefined);
    assert.equal((await run('yolo', first, second, first))?.exported, 2, 'each once');
    assert.ok(existsSync(path.join(folder.fsPath, 'labelless.yolo', 'images', 'many-b.png')));
    rmSync(folder.fsPath, { recursive: true });
  });
});

suite('figures', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('of a selection show the masks as they are, in editors and on disk', async () => {
    const [shown, saved, bare] = [
      makePicture('figure-a.png'),
      makePicture('figure-b.png'),
      makePicture('figure-c.png'),
    ];
    await segment(saved);
    await save(saved);
    await closeAll();
    const document = await segment(shown);
    await edit(document, { kind: 'rename', value: 1, name: 'unsaved' });
    const output = siblingOf(shown, 'all.figure.png');
    const written = await vscode.commands.executeCommand('labelless.saveFigure', shown, [shown, saved, bare], output);
    assert.equal(written, output.fsPath);
    const { width, height } = decode(readFileSync(output.fsPath));
    assert.equal(width, 28 + 480 + 14 + 480 + 28);
    assert.ok(height > 2 * 360 && height < 3 * 360, `two rows, and the name below: ${height}`);
  });

  test('of images without masks are none', async () => {
    const image = makePicture('figure-none.png');
    const output = siblingOf(image, 'none.figure.png');
    assert.equal(await vscode.commands.executeCommand('labelless.saveFigure', image, [image], output), undefined);
    assert.equal(exists(output), false);
  });
});
