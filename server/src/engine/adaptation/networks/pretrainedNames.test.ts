import assert from 'node:assert/strict';
import { renameTimm } from './pretrainedNames';
import reference from './pretrainedNames.reference.json';

/** The names of the tensors of layers: a convolution's, and after it its norm's. */
const tensorsOf = (layers: readonly string[]) =>
  layers.flatMap((layer, index) =>
    (index % 2 === 0 ? ['weight'] : ['weight', 'bias', 'running_mean', 'running_var']).map(part => `${layer}.${part}`),
  );
const renamed = (names: readonly string[], mark: string) =>
  Object.keys(renameTimm(Object.fromEntries(names.map(name => [name, 0])), new Set([mark])));

suite("timm's names", () => {
  test("of EfficientNet-Lite0 become the encoder's", () => {
    const layers = ['encoder.stem'];
    for (let block = 0; block < 16; block++)
      for (const part of block === 0 ? ['depthwise', 'project'] : ['expand', 'depthwise', 'project'])
        layers.push(`encoder.blocks.${block}.${part}`);
    const expected = tensorsOf(layers.flatMap(layer => [layer, `${layer}.norm`]));
    assert.equal(expected.length, 240);
    assert.deepEqual(renamed(tensorsOf(reference.efficientnet_lite0), 'encoder.stem.weight'), expected);
  });

  test("of MobileNetV2 become torchvision's", () => {
    const pairs = reference.mobilenetv2_100.map(pair => pair.split(' '));
    const [timm, torchvision] = [0, 1].map(side => tensorsOf(pairs.map(pair => pair[side])));
    assert.equal(timm.length, 255);
    assert.deepEqual(renamed(timm, 'features.0.0.weight'), torchvision);
  });

  test('of the head and of other blocks stay, as do all names for a network that is neither', () => {
    const others = ['conv_head.weight', 'bn2.bias', 'classifier.weight', 'blocks.0.0.se.conv_reduce.weight'];
    const beyond = ['blocks.1.2.bn1.bias', 'blocks.9.0.bn1.bias', 'blocks.1.0.toString.weight'];
    assert.deepEqual(renamed(['conv_stem.weight', ...others, ...beyond], 'encoder.stem.weight').slice(1), [
      ...others,
      ...beyond,
    ]);
    assert.deepEqual(renamed(['conv_stem.weight', 'bn1.bias'], 'other'), ['conv_stem.weight', 'bn1.bias']);
  });
});
