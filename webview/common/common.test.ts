import assert from 'node:assert/strict';
import { countLabels, countRegions, formatArea, formatScale, formatShare, fromHex, toHex } from './numberFormat';
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

suite('page formatting', () => {
  test('areas, shares and counts', () => {
    assert.equal(formatArea(1234567), '1,234,567 px');
    assert.deepEqual(
      [0, 1, 50, 99, 995, 5000, 99499].map(part => formatShare(part, 100000)),
      ['0 %', '< 0.01 %', '0.05 %', '0.10 %', '1.0 %', '5.0 %', '99 %'],
    );
    assert.equal(countRegions(1), '1 region');
    assert.equal(countLabels(2000), '2,000 labels');
  });

  test('scales keep a digit where it matters', () => {
    assert.deepEqual([0.0123, 0.5, 1, 12.5].map(formatScale), ['1.2 %', '50 %', '100 %', '1,250 %']);
  });

  test('colours there and back; grey for what is none', () => {
    assert.equal(toHex(fromHex('#0a00Ff')), '#0a00ff');
    assert.equal(toHex(fromHex('red')), '#808080');
  });
});
