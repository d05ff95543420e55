// Every suite by name, in the order in which their outcomes are shown: the quick ones first.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { add, check, failure, suite } from './outcome.mjs';

const compiled = path.join('out', 'test');
/** The suites with folders of their own below test/; all other test files are unit tests. */
const separate = ['server', 'queue', 'readers', 'package', 'integration', 'e2e'].map(
  name => path.join(compiled, 'test', name) + path.sep,
);

function testFiles(folder = compiled) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(name => path.join(folder, name))
    .filter(name => name.endsWith('.test.js'))
    .sort();
}

function mocha(title, files, options, { extra = [], ...limits } = {}) {
  if (files.length === 0) return failure(title, 'has no tests');
  const reporter = path.resolve(compiled, 'test', 'support', 'suiteReporter.js');
  const grep = options.grep ? ['--grep', options.grep] : [];
  const args = ['node_modules/mocha/bin/mocha.js', '--reporter', reporter, ...extra, ...grep, ...files];
  return suite(title, args, limits);
}

/** A window on a busy machine can be late for a click: a test that fails is run again once, and listed at the end. */
const browserTests = ['--timeout', '300000', '--retries', '1'];

/** The tests in a browser: of the pages alone (page*.test.ts), or in a window of VS Code. */
const browserFiles = ({ ofPages }) =>
  testFiles(path.join(compiled, 'test', 'e2e')).filter(file => path.basename(file).startsWith('page') === ofPages);

const packaging = () => check('packaging', ['scripts/package.mjs', '--built']);
const packagingForNpm = () => check('packaging for npm', ['scripts/package.mjs', '--built', '--npm']);

/** Suites that run one after the other beside those before the windows, which leave a core to them. */
export const besideOthers = ['lint', 'pages', 'server', 'attack'];
/** Suites that mostly wait, and so run beside the windows. */
export const besideWindows = ['queue'];

export const suites = {
  types: () => check('types', ['node_modules/typescript/bin/tsc', '--build']),
  structure: () => check('structure', ['scripts/folders.mjs']),
  'dead-code': async () =>
    add([
      await check('dead code', ['node_modules/knip/bin/knip.js', '--no-progress']),
      await check('code that only tests use', ['node_modules/knip/bin/knip.js', '--no-progress', '--production']),
    ]),
  unit: options =>
    mocha(
      'unit',
      testFiles().filter(name => !separate.some(folder => name.startsWith(folder))),
      options,
    ),
  readers: options => mocha('readers', testFiles(path.join(compiled, 'test', 'readers')), options),
  package: async options =>
    add([
      await packaging(),
      await packagingForNpm(),
      await mocha('package', testFiles(path.join(compiled, 'test', 'package')), options),
    ]),
  integration: options =>
    suite('integration', [path.join(compiled, 'test', 'integration', 'run.js')], {
      environment: options.grep ? { LABELLESS_TEST_GREP: options.grep } : {},
    }),
  lint: () =>
    check(
      'lint',
      ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-location', 'out/eslint/'],
      { beside: true },
    ),
  pages: options =>
    mocha('pages', browserFiles({ ofPages: true }), options, { extra: browserTests, beside: true, limitMinutes: 28 }),
  server: options => mocha('server', testFiles(path.join(compiled, 'test', 'server')), options, { beside: true }),
  attack: options =>
    suite(
      'attack',
      [path.join(compiled, 'test', 'attack', 'main.js'), '--short', ...(options.grep ? ['--grep', options.grep] : [])],
      { beside: true },
    ),
  e2e: async options => {
    const packaged = options.only.includes('package') ? [] : [await packaging()];
    return add([
      ...packaged,
      await mocha('e2e', browserFiles({ ofPages: false }), options, { extra: browserTests, limitMinutes: 28 }),
    ]);
  },
  queue: options => mocha('queue', testFiles(path.join(compiled, 'test', 'queue')), options, { beside: true }),
};
