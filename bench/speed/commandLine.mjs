// Whole processes of the command line: seconds from start to end, and the most memory any process of theirs held.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const peakHook = new URL('peak.mjs', import.meta.url).href;

/** Segments pictures once, into a folder that it removes. */
export function segment(root, pictures, backend, scratch) {
  const output = path.join(scratch, 'output');
  const peaks = path.join(scratch, 'peaks');
  for (const folder of [output, peaks]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const start = performance.now();
  const run = spawnSync(
    process.execPath,
    [path.join(root, 'dist', 'cli.js'), 'segment', ...pictures, '--output', output, '--backend', backend, '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: `--import ${peakHook}`, LABELLESS_BENCH_PEAK: peaks },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0) throw new Error(`labelless segment --backend ${backend}: ${run.stderr || run.error}`);
  const bytes = Math.max(...readdirSync(peaks).map(name => Number(readFileSync(path.join(peaks, name), 'utf8'))));
  return { seconds, bytes };
}

/** The middle one of several runs by seconds: the machine's other work disturbs single runs. */
export function typical(runs, measure) {
  const results = Array.from({ length: runs }, measure).sort((a, b) => a.seconds - b.seconds);
  return results[Math.floor(results.length / 2)];
}
