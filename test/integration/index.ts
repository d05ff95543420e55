import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import Reporter from '../support/suiteReporter';

/** Runs the compiled suites beside this file inside the extension host; VS Code calls it. */
export function run(): Promise<void> {
  const grep = process.env.LABELLESS_TEST_GREP;
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 120_000,
    forbidOnly: true,
    reporter: Reporter,
    ...(grep === undefined ? {} : { grep }),
  });
  for (const name of readdirSync(__dirname)
    .filter(file => file.endsWith('.test.js'))
    .sort())
    mocha.addFile(path.join(__dirname, name));
  return new Promise((resolve, reject) => {
    mocha.run(failures => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
