import assert from 'node:assert/strict';
import type { Progress } from '../engine/common/segmentationRun';
import { line, ProgressBar } from './progress';

const progress: Progress = {
  regions: { width: 3, height: 1, count: 3, ids: Uint16Array.of(0, 1, 2) },
  hierarchy: { count: 3, left: Uint32Array.of(0, 3), right: Uint32Array.of(1, 2), levels: Float32Array.of(0.8, 0.2) },
  iteration: 6,
  iterations: 12,
  labels: 3,
  loss: 0.5,
};

class Terminal {
  written = '';
  constructor(
    readonly isTTY: boolean,
    readonly columns: number,
  ) {}
  write(text: string): void {
    this.written += text;
  }
}

function show(terminal: Terminal): string {
  const bar = new ProgressBar(terminal as unknown as NodeJS.WriteStream);
  bar.update('a.png', progress, 0.5);
  bar.update('a.png', progress, 0.5);
  bar.clear();
  bar.clear();
  return terminal.written;
}

suite('Progress bar', () => {
  test('tells iteration, regions at the granularity, and loss', () => {
    assert.equal(
      line('a.png', progress, 0.5),
      `a.png ${'█'.repeat(12)}${'░'.repeat(12)} 6/12 · 2 regions · loss 0.500`,
    );
    assert.equal(
      line('a.png', { ...progress, iteration: 0, loss: null }, 0),
      `a.png ${'░'.repeat(24)} 0/12 · 1 region`,
    );
  });

  test('redraws one line on a terminal, seldom, and takes it away', () => {
    assert.equal(show(new Terminal(true, 200)), `\r\x1b[2K${line('a.png', progress, 0.5)}\r\x1b[2K`);
  });

  test('never wraps, and copes with a terminal that does not know its width', () => {
    assert.equal(show(new Terminal(true, 10)).includes(`${line('a.png', progress, 0.5).slice(0, 9)}\r`), true);
    assert.match(show(new Terminal(true, 0)), /a\.png/);
  });

  test('writes nothing elsewhere', () => {
    assert.equal(show(new Terminal(false, 0)), '');
  });

  test('a name cannot steer the terminal', () => {
    assert.ok(line('a\x1b[2Jb.png', progress, 0.5).startsWith('a?[2Jb.png '));
  });
});
