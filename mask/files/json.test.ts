import assert from 'node:assert/strict';
import { decodeText, parseJson } from './json';

suite('JSON from outside', () => {
  test('a byte-order mark, comments, trailing commas and Python’s NaN are read', () => {
    const expected = { name: 'a // NaN', area: null, size: [1, null] };
    const texts = [
      '\uFEFF{"name": "a // NaN", "area": NaN, "size": [1, -Infinity]}',
      '{"name": "a // NaN", /* "area": NaN */ "area": NaN, // why "NaN\n"size": [1, Infinity,],}',
    ];
    for (const text of texts) {
      assert.deepEqual(parseJson(text), expected);
      assert.deepEqual(parseJson(Buffer.from(text)), expected);
    }
  });

  test('a fault is named with its line', () => {
    assert.throws(() => parseJson('{\n"a": 1\n"b": 2}'), { message: 'it is no JSON: comma is missing in line 3' });
    assert.throws(() => parseJson(''), /it is no JSON: .* in line 1/);
    assert.throws(() => parseJson('<<<<<<< HEAD\n{}'), /it has the marks of a merge conflict in line 1; resolve it/);
  });

  test('deep nesting is refused before it is parsed, brackets in strings do not count', () => {
    assert.throws(() => parseJson('['.repeat(20_000)), { message: 'it is nested more than 100 levels deep' });
    assert.equal(parseJson(`"${'['.repeat(500)}"`), '['.repeat(500));
  });

  test('text of another encoding is refused', () => {
    assert.throws(() => decodeText(Buffer.from('é', 'latin1')), { message: /is not UTF-8/ });
    assert.throws(() => decodeText(Buffer.from('\uFEFF{}', 'utf16le')), { message: /is UTF-16/ });
    assert.equal(decodeText(Buffer.from('\uFEFFcafé')), 'café');
  });
});
