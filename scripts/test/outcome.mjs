// Runs one suite as a child process and collects what passed and failed in it.
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The variable that names the file into which a suite's reporter writes its counts (test/support/suiteReporter.ts). */
const resultsVariable = 'LABELLESS_TEST_RESULTS';

/**
 * Runs a command. Returns the reason for a failure, or undefined.
 * @param log a file for its output, which is otherwise shown as it comes
 */
function run(command, args, { environment = {}, limitMinutes, log }) {
  return new Promise(resolve => {
    const output = log ? openSync(log, 'w') : 'inherit';
    const child = spawn(command, args, {
      stdio: ['ignore', output, output],
      env: { ...process.env, ...environment },
    });
    if (log) closeSync(output);
    const timer = setTimeout(() => {
      resolve(`did not end within ${limitMinutes} minutes`);
      child.kill('SIGKILL');
    }, limitMinutes * 60_000);
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit status ${code}`}`);
    });
  });
}

/** Runs a check such as the type check, which counts as one test. The output of one beside others goes into a file. */
export async function check(title, args, { beside = false } = {}) {
  const log = beside ? resultsFile(`${title}.log`) : undefined;
  const reason = await run(process.execPath, args, { limitMinutes: 10, log });
  const line = reason ? `  ✗ ${title}: ${reason}` : `  ✓ ${title}`;
  if (log) appendFileSync(log, line);
  else console.log(line);
  const outcome = reason ? failure(title, reason) : { passed: 1, failed: 0, skipped: 0, failures: [], repeated: [] };
  return { ...outcome, log };
}

/** A file that a suite writes, in a folder that is made if necessary. */
function resultsFile(name) {
  const folder = path.resolve('out', 'results');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, name);
}

/**
 * Runs a suite whose process writes its counts. A suite counts as failed when it writes none, or when its process fails
 * although all its tests passed. The output of one that runs beside others goes into a file, `log`.
 */
export async function suite(title, args, { environment = {}, limitMinutes = 20, beside = false } = {}) {
  const file = resultsFile(`${title}.json`);
  rmSync(file, { force: true });
  const log = beside ? resultsFile(`${title}.log`) : undefined;
  const reason = await run(process.execPath, args, {
    environment: { ...environment, [resultsVariable]: file },
    limitMinutes,
    log,
  });
  let outcome;
  try {
    outcome = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return failure(title, reason ?? 'ended without reporting its tests');
  }
  const failed = reason && outcome.failed === 0;
  return { ...(failed ? add([outcome, failure(title, reason)]) : outcome), log };
}

/** The outcome of something that could not be done: one failed test. */
export function failure(title, message) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, message }], repeated: [] };
}

/** Sums several outcomes. */
export function add(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.reduce((sum, outcome) => sum + outcome.failed, 0),
    skipped: outcomes.reduce((sum, outcome) => sum + outcome.skipped, 0),
    failures: outcomes.flatMap(outcome => outcome.failures),
    repeated: outcomes.flatMap(outcome => outcome.repeated),
  };
}
