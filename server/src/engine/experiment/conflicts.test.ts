import assert from 'node:assert/strict';
import { findConflicts } from './conflicts';
import { experimentSchema } from './experimentSchema';

const conflicts = (settings: object) =>
  findConflicts(
    experimentSchema.parse({ source: {}, target: { images: 'photos' }, classes: 'camvid11', ...settings }),
  ).map(({ key }) => key);

suite('settings that cannot go together', () => {
  test('the defaults with a target go together; adapting without one does not', () => {
    assert.deepEqual(conflicts({}), []);
    assert.deepEqual(conflicts({ target: undefined }), ['target']);
    assert.deepEqual(conflicts({ target: undefined, adaptation: { strategy: 'none' } }), []);
  });

  test('levels need a network that has them and a strategy with discriminators', () => {
    assert.deepEqual(conflicts({ adaptation: { levels: 'multi' } }), ['adaptation.levels']);
    assert.deepEqual(conflicts({ adaptation: { levels: 'multi' }, network: { name: 'mobilenetv2-aspp' } }), []);
    const pretrained = { network: { name: 'efficientnet-lite0' } };
    assert.deepEqual(conflicts({ adaptation: { levels: 'multi' }, ...pretrained }), []);
    assert.deepEqual(conflicts({ adaptation: { levels: 'features' }, ...pretrained }), []);
    assert.deepEqual(conflicts({ adaptation: { levels: 'features' } }), ['adaptation.levels']);
    assert.deepEqual(conflicts({ adaptation: { levels: 'features', strategy: 'entropy' }, ...pretrained }), [
      'adaptation.levels',
    ]);
    assert.deepEqual(
      conflicts({ adaptation: { levels: 'multi', strategy: 'self-training' }, network: { name: 'mobilenetv2-aspp' } }),
      ['adaptation.levels'],
    );
  });

  test('a distance from a pretrained encoder needs a network that has one', () => {
    const adaptation = { strategy: 'none', featureDistance: 0.005 };
    assert.deepEqual(conflicts({ adaptation }), ['adaptation.featureDistance']);
    assert.deepEqual(conflicts({ adaptation, network: { name: 'efficientnet-lite0' } }), []);
  });

  test('a warm-up leaves steps to adapt in, and pictures are large enough to judge', () => {
    assert.deepEqual(conflicts({ adaptation: { warmUp: 3000 } }), ['adaptation.warmUp']);
    assert.deepEqual(conflicts({ training: { size: [64, 24] } }), ['training.size']);
    const onFeatures = { adaptation: { levels: 'features' }, network: { name: 'efficientnet-lite0' } };
    assert.deepEqual(conflicts({ ...onFeatures, training: { size: [80, 60] } }), ['training.size']);
    assert.deepEqual(conflicts({ ...onFeatures, training: { size: [80, 64] } }), []);
    assert.deepEqual(conflicts({ training: { size: [64, 24] }, adaptation: { strategy: 'self-training' } }), []);
  });
});
