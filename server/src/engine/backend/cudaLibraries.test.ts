import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeCudaLibraries } from './cudaLibraries';

const wants = 'it wants CUDA 12 and cuDNN 9 where the system looks for libraries (ldconfig, LD_LIBRARY_PATH)';

suite('the libraries of CUDA', () => {
  test('are told with their places; those of another version are named beside the missing one', () => {
    const present = [
      '/a/libcudart.so.12',
      '/a/libcublas.so.12',
      '/a/libcublasLt.so.12',
      '/b/libcudnn.so.8',
      '/b/libc.so.6',
    ];
    assert.equal(
      describeCudaLibraries(present),
      `${wants}; found /a/libcudart.so.12, /a/libcublas.so.12, /a/libcublasLt.so.12; ` +
        'not found: libcufft.so.11, libcudnn.so.9 (only libcudnn.so.8 is there)',
    );
    assert.equal(
      describeCudaLibraries([]),
      `${wants}; not found: libcudart.so.12, libcublas.so.12, libcublasLt.so.12, libcufft.so.11, libcudnn.so.9`,
    );
  });

  test('are looked for in the folders of LD_LIBRARY_PATH', function () {
    if (process.platform !== 'linux') this.skip();
    const folder = mkdtempSync(path.join(tmpdir(), 'labelless-cuda-'));
    const before = process.env.LD_LIBRARY_PATH;
    try {
      writeFileSync(path.join(folder, 'libcudnn.so.9'), '');
      process.env.LD_LIBRARY_PATH = `${folder}:${folder}/none`;
      assert.match(describeCudaLibraries(), new RegExp(`found .*${path.join(folder, 'libcudnn.so.9')}`));
    } finally {
      if (before === undefined) delete process.env.LD_LIBRARY_PATH;
      else process.env.LD_LIBRARY_PATH = before;
      rmSync(folder, { recursive: true });
    }
  });
});
