import assert from 'node:assert/strict';
import { readLanguage, readTexts } from './pageTexts';

suite('The language of a page', () => {
  test('texts are taken whole or not at all', () => {
    assert.deepEqual(readTexts('{"Merge":"Zusammenführen"}'), { Merge: 'Zusammenführen' });
    for (const unsound of [
      undefined,
      null,
      '',
      'null',
      '[]',
      '"Merge"',
      '{"Merge":1}',
      '{"Merge":{"message":"x"}}',
      '{',
    ])
      assert.equal(readTexts(unsound), null, String(unsound));
  });

  test('a tag that is none is English', () => {
    assert.deepEqual(['de', 'pt-br', '', 'no language', undefined].map(readLanguage), [
      'de',
      'pt-BR',
      'en',
      'en',
      'en',
    ]);
  });
});
