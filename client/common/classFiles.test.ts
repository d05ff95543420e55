import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ClassList } from '../../mask/classes/classList';
import { formatClassFile } from '../../mask/files/classFile';
import { focusWindow } from '../../test/support/vscode';
import { until } from '../../test/support/until';
import { ClassFiles } from './classFiles';

suite('Class files whose watchers tell of nothing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'class-files-'));
  const images = vscode.Uri.file(path.join(folder, 'images'));
  mkdirSync(images.fsPath);
  const file = path.join(folder, 'labelless.classes.json');
  const write = (name: string) => {
    writeFileSync(file, formatClassFile(new ClassList([{ id: 1, name, colour: '#804080' }])));
  };
  const classFiles = new ClassFiles();
  const told: [string[], string[]] = [[], []];
  suiteTeardown(() => {
    classFiles.dispose();
    rmSync(folder, { recursive: true });
  });
  const follow = (names: string[]) =>
    classFiles.follow(images, found => {
      names.push(found && 'list' in found ? found.list.classes[0].name : (found?.problem ?? 'none'));
    });

  test('are told to each that follows them, as they are then', async () => {
    await follow(told[0]);
    write('road');
    await follow(told[1]);
    assert.deepEqual(told, [['none', 'road'], ['road']]);
  });

  test('are read again at a look, and told where they have changed', async () => {
    write('lane');
    await classFiles.look(images);
    await classFiles.look(images);
    assert.deepEqual(told[0].slice(2), ['lane']);
    writeFileSync(file, '{');
    await classFiles.look(images);
    assert.match(told[1].at(-1)!, /JSON/);
  });

  test('are read again when the window gets the focus', async () => {
    write('path');
    focusWindow();
    await until('the class as it is', () => told.every(names => names.at(-1) === 'path'));
  });

  test('are told no more to those that follow them no longer', async () => {
    const third: string[] = [];
    const following = await follow(third);
    following.dispose();
    write('kerb');
    await classFiles.look(images);
    assert.deepEqual([third, told[0].at(-1)], [['path'], 'kerb']);
  });
});
