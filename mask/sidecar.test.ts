import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSidecar, sidecarJsonSchema } from './sidecar';

suite('The sidecar', () => {
  test('has a schema file that is up to date (UPDATE_SCHEMA=1 writes it)', () => {
    const file = path.join(process.cwd(), 'mask', 'sidecar.schema.json');
    const expected = `${JSON.stringify(sidecarJsonSchema(), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, expected);
    assert.equal(readFileSync(file, 'utf8'), expected);
  });

  test('never throws, whatever it holds', () => {
    for (const text of [
      '',
      '{',
      '0',
      '"x"',
      '[[[',
      '{"version":1}',
      '{"version":"1"}',
      '{"version":99}',
      '{"__proto__":{"version":1}}',
      '\u0000',
    ]) {
      assert.ok('ignored' in readSidecar(text), text);
    }
  });
});
