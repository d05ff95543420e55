import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import type { TrainingPoint } from '../../../protocol/trainingPoint';
import type { TrainingRun } from '../../../protocol/trainingRun';
import type { MethodProgress } from '../engine/common/methodRun';
import { ProgressBar, progressLine } from './progressBar';
import { table } from './terminal';
import { curves, sparkline, TrainingDisplay } from './trainingDisplay';

const progress: MethodProgress = {
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
  test('shows iteration, regions at the granularity, and loss', () => {
    assert.equal(
      progressLine('a.png', progress, 0.5),
      `a.png ${'█'.repeat(12)}${'░'.repeat(12)} 6/12 · 2 regions · loss 0.500`,
    );
    assert.equal(
      progressLine('a.png', { ...progress, iteration: 0, loss: null }, 0),
      `a.png ${'░'.repeat(24)} 0/12 · 1 region`,
    );
  });

  test('redraws one line on a terminal, seldom, and takes it away', () => {
    assert.equal(show(new Terminal(true, 200)), `\r\x1b[2K${progressLine('a.png', progress, 0.5)}\r\x1b[2K`);
  });

  test('is cut to a narrow terminal, and drawn on a terminal that does not know its width', () => {
    assert.equal(show(new Terminal(true, 10)).includes(`${progressLine('a.png', progress, 0.5).slice(0, 9)}\r`), true);
    assert.match(show(new Terminal(true, 0)), /a\.png/);
  });

  test('is never wider than the terminal, whatever the script of the name', () => {
    for (const name of [
      `${'写真'.repeat(34)}.png`,
      `${'한국어'.repeat(20)}.png`,
      `${'👩‍👩‍👧'.repeat(30)}.png`,
      'e\u0301'.repeat(90),
    ]) {
      const terminal = new Terminal(true, 80);
      const bar = new ProgressBar(terminal as unknown as NodeJS.WriteStream);
      bar.update(name, progress, 0.5);
      const shown = terminal.written.replace('\r\x1b[2K', '');
      assert.ok(stringWidth(shown) < 80, `${stringWidth(shown)} columns: ${shown}`);
      assert.ok(stringWidth(shown) > 76, `no more is cut than need be: ${shown}`);
    }
  });

  test('writes nothing elsewhere', () => {
    assert.equal(show(new Terminal(false, 0)), '');
  });

  test('a name cannot steer the terminal', () => {
    assert.ok(progressLine('a\x1b[2Jb.png', progress, 0.5).startsWith('a?[2Jb.png '));
  });
});

suite('A table for the terminal', () => {
  test('aligns its columns by their width on the terminal', () => {
    assert.equal(
      table(
        ['class', 'IoU'],
        [
          ['道路', '0.5'],
          ['sky', '0.25'],
        ],
      ),
      'class   IoU\n道路    0.5\nsky    0.25\n',
    );
  });
});

suite('A training run on the terminal', () => {
  const point = (step: number, loss: number): TrainingPoint => ({
    step,
    steps: 100,
    losses: { segmentation: loss, adversarial: 1 },
    learningRate: 1,
    secondsPerStep: 1,
  });
  const run: TrainingRun = {
    folder: '/x',
    name: 'street',
    state: 'running',
    step: 50,
    steps: 100,
    secondsLeft: 125,
  };

  test('is drawn in place, no line wider than the terminal, and taken away', () => {
    const terminal = new Terminal(true, 80);
    const display = new TrainingDisplay(terminal as unknown as NodeJS.WriteStream);
    const named = { ...run, name: '夜の道路'.repeat(10) };
    for (const step of [1, 2]) display.show({ run: named, points: [point(step, 1)], previews: [] });
    display.print('saved');
    const frames = terminal.written.replaceAll('\x1b[2A\r\x1b[0J', '\r\x1b[2K').split('\r\x1b[2K');
    assert.equal(frames.length, 4, JSON.stringify(terminal.written));
    for (const line of frames.flatMap(frame => frame.split('\n'))) assert.ok(stringWidth(line) < 80, line);
    assert.equal(frames[3], 'labelless: saved\n');
  });

  test('has a bar, the time left, and a curve of each loss', () => {
    const points = [
      point(10, 3),
      point(20, 2),
      { ...point(30, 1), evaluation: { mIoU: 0.25, pixelAccuracy: 1, perClass: [] } },
    ];
    assert.deepEqual(curves(run, points), [
      `street ${'█'.repeat(12)}${'░'.repeat(12)} 50/100 · 2 min left`,
      '  segmentation 1.000 █▅▁',
      '  adversarial  1.000 ▁▁▁',
      '  mIoU         0.250 ▁',
    ]);
    assert.equal(sparkline([0, 0, 1, 1, 2, 2, 3, 3], 4), '▁▃▆█');
  });
});
