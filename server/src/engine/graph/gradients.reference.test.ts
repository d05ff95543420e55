import assert from 'node:assert/strict';
import { allCases } from './cases/all';
import { openCase, relativeError } from './cases/evaluate';
import references from './gradients.reference.json';

const tolerance = 1e-5;

suite('values and gradients agree with stored ones of PyTorch', () => {
  test('of every case that tfjs does not differentiate', () => {
    assert.deepEqual(
      allCases.filter(({ name, tensorflow }) => !tensorflow && !(name in references)).map(({ name }) => name),
      [],
    );
  });

  for (const [name, expected] of Object.entries(references)) {
    test(name, async () => {
      const gradientCase = allCases.find(one => one.name === name);
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
