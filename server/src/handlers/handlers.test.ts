import assert from 'node:assert/strict';
import path from 'node:path';
import { trainingRunLenses } from '../experiments/trainingRunLenses';
import { useLanguage } from './lifecycle';
import { defaultSettings } from '../../../protocol/settings';
import { checkSettings } from './settingsReader';

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

suite('Settings from a client', () => {
  test('nothing set: the defaults', () => {
    for (const raw of [undefined, null, {}])
      assert.deepEqual(checkSettings(raw), { settings: defaultSettings, problems: [] });
  });

  test('values that are set are taken', () => {
    const { settings, problems } = checkSettings({ granularity: 0.25, clustering: { iterations: 3 } });
    assert.equal(settings.granularity, 0.25);
    assert.equal(settings.clustering.iterations, 3);
    assert.equal(settings.clustering.channels, defaultSettings.clustering.channels);
    assert.deepEqual(problems, []);
  });

  test('each wrong value is named and gives way to its default; the others stay', () => {
    const { settings, problems } = checkSettings({
      seed: 7,
      granularity: 3,
      clustering: { channels: 'many', iterations: 5 },
      output: { formats: ['mask', 'psd'] },
    });
    assert.equal(settings.seed, 7);
    assert.equal(settings.granularity, defaultSettings.granularity);
    assert.deepEqual(settings.clustering, { ...defaultSettings.clustering, iterations: 5 });
    assert.deepEqual(settings.output.formats, defaultSettings.output.formats);
    assert.deepEqual(
      problems.map(problem => problem.split(':')[0]),
      ['labelless.granularity', 'labelless.clustering.channels', 'labelless.output.formats.1'],
    );
  });

  test('no object at all', () => {
    const { settings, problems } = checkSettings('clustering');
    assert.deepEqual(settings, defaultSettings);
    assert.equal(problems.length, 1);
  });
});
