import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** The results that a mocha process passes to scripts/test.mjs. */
interface Results {
  passed: number;
  failed: number;
  skipped: number;
  failures: FailedTest[];
  /** The failures of tests that were then run again. */
  repeated: FailedTest[];
}

interface FailedTest {
  title: string;
  message: string;
}

/**
 * Shows failed and slow tests as they happen, and writes the counts into the file that LABELLESS_TEST_RESULTS names.
 */
export default class Reporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const results: Results = { passed: 0, failed: 0, skipped: 0, failures: [], repeated: [] };
    runner.on('pass', test => {
      results.passed++;
      if ((test.duration ?? 0) > 1000)
        console.log(`  ✓ ${test.fullTitle()} (${((test.duration ?? 0) / 1000).toFixed(1)} s)`);
    });
    runner.on('pending', test => {
      results.skipped++;
      console.log(`  – skipped: ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: Error) => {
      results.failed++;
      results.failures.push({ title: test.fullTitle(), message: error.message });
      console.log(`  ✗ ${test.fullTitle()}\n${indent(error.stack ?? error.message)}`);
    });
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      results.repeated.push({ title: test.fullTitle(), message: error.message });
      console.log(`  ↻ run again: ${test.fullTitle()}\n${indent(error.stack ?? error.message)}`);
    });
    runner.once('end', () => {
      const file = process.env.LABELLESS_TEST_RESULTS;
      if (file !== undefined) writeFileSync(file, JSON.stringify(results));
    });
  }
}

function indent(text: string): string {
  return text
    .split('\n')
    .map(line => `      ${line}`)
    .join('\n');
}
