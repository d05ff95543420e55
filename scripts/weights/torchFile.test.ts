import assert from 'node:assert/strict';
import reference from './torchFile.reference.json';
import { readTorchFile } from './torchFile';

suite("PyTorch's files", () => {
  const file = Buffer.from(reference.file, 'base64');

  test('are read as PyTorch wrote them: views and other orders of axes too; whole numbers are left out', () => {
    const tensors = Object.fromEntries(
      [...readTorchFile(file)].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
    );
    assert.deepEqual(tensors, reference.tensors);
  });

  test('cut off anywhere are refused', () => {
    for (let length = 0; length < file.length; length++)
      assert.throws(() => readTorchFile(file.subarray(0, length)), /^Error: it (is cut off|is no file of PyTorch)/);
  });

  test('with a tensor larger than its storage are refused', () => {
    // The shape (1, 2, 3, 4) of the first tensor: numbers of one byte each, between MARK and TUPLE.
    const at = file.indexOf(Buffer.from([0x28, 0x4b, 1, 0x4b, 2, 0x4b, 3, 0x4b, 4, 0x74]));
    assert.ok(at > 0);
    const larger = Buffer.from(file);
    larger[at + 2] = 2;
    assert.throws(() => readTorchFile(larger), /rows is larger than its storage/);
  });
});
