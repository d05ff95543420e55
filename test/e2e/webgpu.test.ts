import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { browserProgram } from '../host/browser';

/** The folder of SwiftShader, Chromium's graphics adapter in software, which comes with every build of it. */
function swiftShader(): string {
  const program = realpathSync(browserProgram());
  const folders = [path.dirname(program), '/usr/lib/chromium', '/usr/lib/chromium-browser'];
  const folder = folders.find(place => existsSync(path.join(place, 'vk_swiftshader_icd.json')));
  if (folder === undefined)
    throw new Error(`No vk_swiftshader_icd.json beside ${program}: install Debian's package chromium.`);
  return folder;
}

suite('webgpu', () => {
  test('a training step gives the right numbers on a software adapter, its state staying on the device', async function () {
    this.timeout(180_000); // right, and slow: a second and more a step
    const runtime = mkdtempSync(path.join(os.tmpdir(), 'labelless-webgpu-'));
    const adapter: NodeJS.ProcessEnv =
      process.platform !== 'linux'
        ? {}
        : {
            VK_DRIVER_FILES: path.join(swiftShader(), 'vk_swiftshader_icd.json'),
            LD_LIBRARY_PATH: swiftShader(),
            XDG_RUNTIME_DIR: runtime,
          };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['dist/cli.js', 'doctor', '--json'], {
        env: { ...process.env, ...adapter },
      });
      const { backends } = JSON.parse(stdout) as {
        backends: { name: string; state: string; detail?: string; milliseconds: number }[];
      };
      const webgpu = backends.find(({ name }) => name === 'webgpu')!;
      assert.equal(webgpu.state, 'works', webgpu.detail);
      console.log(`      webgpu in software: ${webgpu.milliseconds.toFixed(0)} ms a step`);
    } finally {
      rmSync(runtime, { recursive: true });
    }
  });
});
