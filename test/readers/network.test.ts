import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { exportNetwork } from '../../server/src/engine/adaptation/export/exportNetwork';
import { openModel } from '../../server/src/engine/adaptation/prediction/model';
import { readCheckpoint } from '../../server/src/engine/adaptation/run/checkpoint';
import { height, tinyExperiment, trainTiny, width } from '../../server/src/engine/adaptation/testing/tinyRuns';
import { openCpu } from '../../server/src/engine/backend/onnxBackends';
import { normalisedPicture } from '../../server/src/engine/dataset/streaming/imageNormalisation';
import { street, streetClasses } from '../../server/src/engine/dataset/testing/streets';
import { pythonWithReaders } from './python';

suite('An exported network', function () {
  this.timeout(400_000);
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'labelless exported-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("gives Labelless' classes in Python, by the example of its card as it stands", async () => {
    const experiment = tinyExperiment('none', 48);
    await trainTiny(path.join(folder, 'runs', 'street'), experiment);
    await exportNetwork(path.join(folder, 'runs', 'street'), folder, { replace: false });
    const example = /^```python\n(.*?)^```$/ms.exec(readFileSync(path.join(folder, 'street.md'), 'utf8'))![1];
    assert.ok(example.split('\n').length <= 16, example);
    writeFileSync(path.join(folder, 'example.py'), example);
    const { picture } = street(width, height, 203, 'day');
    const raw = { raw: { width, height, channels: 3 as const } };
    // One lies on its side, as its EXIF orientation says; the other must be scaled, and its classes back.
    const upright = await sharp(picture.rgb, raw).png().toBuffer();
    const turned = sharp(await sharp(upright).rotate(270).png().toBuffer()).withMetadata({ orientation: 6 });
    await turned.png().toFile(path.join(folder, 'photo.png'));
    await sharp(upright)
      .resize(2 * width, 2 * height)
      .toFile(path.join(folder, 'large.png'));

    const model = await openModel(await openCpu(1), experiment, streetClasses.length, height, width);
    await model.load((await readCheckpoint(path.join(folder, 'runs', 'street')))!.tensors);
    const expected = (await model.predict(normalisedPicture(picture))).classes.data;
    await model.dispose();
    const used = new Set(expected);
    assert.ok(used.size > 1);
    for (const [name, factor, most] of [
      ['photo.png', 1, 0],
      ['large.png', 2, 0.25],
    ] as const) {
      const told = execFileSync(pythonWithReaders(), ['example.py', name], { cwd: folder, encoding: 'utf8' });
      const found = sharp(path.join(folder, `${name}.classes.png`));
      const { data, info } = await found.removeAlpha().raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, info.channels], [factor * width, factor * height, 3]);
      const wrong = Array.from({ length: width * height }, (_, p) => {
        const [x, y] = [p % width, Math.floor(p / width)];
        const at = 3 * (factor * y * info.width + factor * x);
        const { colour } = streetClasses[expected[p]];
        return data.toString('hex', at, at + 3) === colour.slice(1).toLowerCase() ? 0 : 1;
      }).reduce<number>((sum, one) => sum + one, 0);
      assert.ok(wrong <= most * width * height, `${name}: ${wrong} pixels of ${width * height} differ`);
      if (factor > 1) continue;
      const names = [...used].map(index => streetClasses[index].name);
      assert.deepEqual(
        new Set(
          told
            .trim()
            .split('\n')
            .map(line => line.replace(/^.*%\s+/, '')),
        ),
        new Set(names),
      );
    }
  });
});
