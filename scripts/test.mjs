// `npm test`: sets up all that the tests need, runs every suite and ends with one line `N passed, N failed`.
// `npm test -- unit e2e --grep text` runs some suites, and in them the tests whose titles contain the text.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installIfDue } from './install.mjs';
import { getWeights } from './package/weights.mjs';
import { add, check, failure } from './test/outcome.mjs';
import { suites } from './test/suites.mjs';

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
  for (const name of names) {
    const start = Date.now();
    console.log(`\n${name}`);
    const outcome = await suites[name]({ grep: values.grep, only });
    const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    console.log(
      `  ${name}: ${outcome.passed} of ${outcome.passed + outcome.failed} passed${skipped} ` +
        `in ${((Date.now() - start) / 1000).toFixed(1)} s`,
    );
    outcomes.push(outcome);
  }
  return add(outcomes);
}

/** The first line of an error, and what Playwright waited for, which only its log says. */
function inShort(message) {
  const [first, ...others] = message.split('\n');
  const awaited = others.find(line => line.includes('waiting for'));
  return awaited ? `${first} ${awaited.replace(/^[\s-]+/, '')}` : first;
}

const total = await runAll();
if (total.failures.length > 0) console.log('\nFailed:');
for (const { title, message } of total.failures) console.log(`  ✗ ${title}: ${inShort(message)}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
