// `npm run attack`: tries the built program with bad inputs, kills, full disks and quarrels over locks, prints a table,
// and ends with 1 if any trial found a fault. --short makes the few trials that belong to `npm test`; --grep TEXT
// chooses sections and trials by title.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '../../mask/errors';
import { sections } from './sections';
import type { Outcome, Section, Trial } from './trial';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, grep: { type: 'string' } } });

interface Row {
  readonly section: string;
  readonly tried: number;
  readonly faults: { readonly title: string; readonly message: string }[];
  readonly megabytes: number;
  readonly seconds: number;
  readonly impossible?: string;
}

async function tryOne(trial: Trial): Promise<Outcome> {
  try {
    return await trial.run();
  } catch (error) {
    return { fault: `the trial itself failed: ${reasonOf(error)}`, use: { megabytes: 0, seconds: 0 } };
  }
}

async function tryAll(section: Section): Promise<Row> {
  const row = { section: section.title, tried: 0, faults: [], megabytes: 0, seconds: 0 };
  if (section.impossible !== undefined) return { ...row, impossible: section.impossible };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'labelless attack '));
  const faults: { title: string; message: string }[] = [];
  let [tried, megabytes, seconds] = [0, 0, 0];
  try {
    const trials = await section.prepare(folder, values.short ? 'short' : 'full');
    for (const trial of trials.filter(({ title }) => `${section.title} ${title}`.includes(values.grep ?? ''))) {
      const { fault, use } = await tryOne(trial);
      tried++;
      megabytes = Math.max(megabytes, use.megabytes);
      seconds = Math.max(seconds, use.seconds);
      if (fault === undefined) continue;
      faults.push({ title: trial.title, message: fault });
      console.log(`  ✗ ${section.title}: ${trial.title}: ${fault}`);
    }
  } catch (error) {
    faults.push({ title: 'preparation', message: reasonOf(error) });
    console.log(`  ✗ ${section.title}: could not be prepared: ${reasonOf(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { section: section.title, tried, faults, megabytes, seconds };
}

function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ section }) => section.length));
  console.log(`\n  ${''.padEnd(width)}  tried  right  largest memory  longest time`);
  for (const { section, tried, faults, megabytes, seconds, impossible } of rows) {
    const figures = [
      String(tried).padStart(5),
      String(tried - faults.length).padStart(5),
      megabytes === 0 ? '—'.padStart(14) : `${megabytes.toFixed(0)} MB`.padStart(14),
      `${seconds.toFixed(1)} s`.padStart(12),
    ];
    console.log(
      `  ${section.padEnd(width)}  ${impossible === undefined ? figures.join('  ') : `skipped: ${impossible}`}`,
    );
  }
}

async function attack(): Promise<number> {
  const rows: Row[] = [];
  for (const section of sections) {
    const row = await tryAll(section);
    if (row.tried > 0 || row.faults.length > 0 || row.impossible !== undefined) rows.push(row);
  }
  if (rows.length === 0) console.log('  No trial has such a title.');
  else printTable(rows);
  const failures = rows.flatMap(({ section, faults }) =>
    faults.map(({ title, message }) => ({ title: `${section}: ${title}`, message })),
  );
  const tried = rows.reduce((sum, row) => sum + row.tried, 0);
  const skipped = rows.filter(({ impossible }) => impossible !== undefined).length;
  const results = process.env.LABELLESS_TEST_RESULTS;
  if (results !== undefined) {
    const counts = { passed: tried - failures.length, failed: failures.length, skipped, failures, repeated: [] };
    writeFileSync(results, JSON.stringify(counts));
  }
  console.log(`\n${tried} tried, ${failures.length} faults`);
  return failures.length === 0 ? 0 : 1;
}

attack().then(
  status => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
