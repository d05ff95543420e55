import assert from 'node:assert/strict';
import { encoderName } from './efficientnetNames';

suite("EfficientNet-PyTorch's names", () => {
  const vectors = ['weight', 'bias', 'running_mean', 'running_var'];
  const convolution = (conv: string, norm: string, renamed: string): [string, string][] => [
    [`${conv}.weight`, `${renamed}.weight`],
    ...vectors.map((part): [string, string] => [`${norm}.${part}`, `${renamed}.norm.${part}`]),
  ];

  test('become those of the encoder', () => {
    const names = convolution('_conv_stem', '_bn0', 'encoder.stem');
    for (let block = 0; block < 16; block++) {
      const [from, to] = [`_blocks.${block}`, `encoder.blocks.${block}`];
      if (block > 0) names.push(...convolution(`${from}._expand_conv`, `${from}._bn0`, `${to}.expand`));
      names.push(...convolution(`${from}._depthwise_conv`, `${from}._bn1`, `${to}.depthwise`));
      names.push(...convolution(`${from}._project_conv`, `${from}._bn2`, `${to}.project`));
    }
    assert.equal(names.length, 240);
    for (const [name, renamed] of names) assert.equal(encoderName(name), renamed);
  });

  test('of the head and of counters are left out', () => {
    const others = ['_conv_head.weight', '_bn1.running_var', '_fc.bias', '_bn0.num_batches_tracked'];
    for (const name of [...others, '_blocks.3._bn1.num_batches_tracked', '_blocks.3.constructor.weight'])
      assert.equal(encoderName(name), undefined, name);
  });
});
