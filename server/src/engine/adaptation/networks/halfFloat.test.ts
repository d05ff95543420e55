import assert from 'node:assert/strict';
import reference from './halfFloat.reference.json';
import { fromHalf, toHalf } from './halfFloat';

suite('16-bit floats', () => {
  test('every one comes back from its value', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (!Number.isNaN(value)) assert.equal(toHalf(value), bits);
    }
    assert.ok(Number.isNaN(fromHalf(toHalf(NaN))));
  });

  test("values round to NumPy's", () => {
    assert.equal(reference.values.length, 282);
    assert.deepEqual(reference.values.map(toHalf), reference.bits);
  });
});
