import assert from 'node:assert/strict';
import path from 'node:path';
import { trainingRunLenses } from '../experiments/trainingRunLenses';
import { useLanguage } from './lifecycle';

suite('the language of the server', () => {
  const folder = path.resolve('l10n');
  const title = (): string | undefined => trainingRunLenses('file:///a.adapt.json', '/a', undefined)[0].command?.title;

  test('is the client’s where there is a translation, else English', () => {
    for (const locale of [undefined, '', 'en', 'fr', '../../l10n/bundle.l10n.de', 'de/../de', 'd'.repeat(9999)]) {
      useLanguage(locale, folder);
      assert.equal(title(), '▶ Train', locale?.slice(0, 40));
    }
    useLanguage('ja', folder);
    assert.equal(title(), '▶ トレーニング');
    useLanguage('de-AT', folder);
    assert.equal(title(), '▶ Trainieren');
  });
});
