import assert from 'node:assert/strict';
import { openCase, relativeError } from './cases/evaluate';
import { networkCases } from './cases/networks';
import references from './gradients.reference.json';

const tolerance = 1e-5;

suite('values and gradients agree with stored ones of PyTorch', () => {
  for (const [name, expected] of Object.entries(references)) {
    test(name, async () => {
      const gradientCase = networkCases.find(one => one.name === name);
      assert.ok(gradientCase);
      const opened = await openCase(gradientCase);
      assert.ok(relativeError((await opened.value(opened.inputs)).data, expected.value) < tolerance, 'value');
      for (const [index, actual] of (await opened.gradients()).entries()) {
        const error = relativeError(actual.data, expected.gradients[index]);
        assert.ok(error < tolerance, `gradient ${index} off by ${error}`);
      }
      await opened.dispose();
    });
  }
});
