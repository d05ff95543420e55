// `npm test`: sets up all that the tests need, runs every suite and ends with one line `N passed, N failed`.
// `npm test -- unit e2e --grep text` runs some suites, and in them the tests whose titles contain the text.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installIfDue } from './install.mjs';
import { getWeights } from './package/weights.mjs';
import { add, check, failure } from './test/outcome.mjs';
import { besideOthers, besideWindows, suites } from './test/suites.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
const unknown = positionals.filter(name => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const only = positionals.length > 0 ? positionals : Object.keys(suites);

async function runAll() {
  const outcomes = [];
  try {
    installIfDue(process.cwd());
  } catch (error) {
    return failure('install', error.message);
  }
  const python = process.env.LABELLESS_TEST_PYTHON;
  getWeights(process.cwd(), 'The tests run', ['--install', ...(python ? ['--python', python] : [])]);
  const build = await check('build', ['scripts/build.mjs']);
  // Without bundles nothing below would test this code; the type check shows more of what is wrong.
  const names = build.failed ? only.filter(name => name === 'types' || name === 'lint') : only;
  outcomes.push(build);
  const beside = new Map();
  runBeside(names.filter(name => besideOthers.includes(name)), beside);
  for (const [index, name] of names.entries()) {
    if (name === 'e2e') runBeside(names.slice(index).filter(other => besideWindows.includes(other)), beside);
    console.log(`\n${name}`);
    const { outcome, seconds } = await (beside.get(name) ?? timed(name));
    if (outcome.log) console.log(readFileSync(outcome.log, 'utf8').trimEnd());
    const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    const tests = outcome.passed + outcome.failed;
    console.log(`  ${name}: ${outcome.passed} of ${tests} passed${skipped} in ${seconds.toFixed(1)} s`);
    outcomes.push(outcome);
  }
  return add(outcomes);
}

/** Begins to run suites, one after the other. `outcomes` gets what each will have come to, by its name. */
function runBeside(names, outcomes) {
  let turn = Promise.resolve();
  for (const name of names) outcomes.set(name, (turn = turn.then(() => timed(name))));
}

async function timed(name) {
  const start = Date.now();
  const outcome = await suites[name]({ grep: values.grep, only });
  return { outcome, seconds: (Date.now() - start) / 1000 };
}

/** Prints failed attempts with the first lines of their errors, where Playwright says what it waited for. */
function list(heading, attempts) {
  if (attempts.length > 0) console.log(`\n${heading}:`);
  for (const { title, message } of attempts)
    console.log(`  ✗ ${title}: ${message.split('\n').slice(0, 8).join('\n      ')}`);
}

const total = await runAll();
list('Failed once and run again', total.repeated);
list('Failed', total.failures);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
