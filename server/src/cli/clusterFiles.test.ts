import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { picturePng } from '../../../test/support/workspace';
import { program } from './testing/callProgram';

const files = path.resolve('docs', 'cluster');
const textOf = (name: string) => readFileSync(path.join(files, name), 'utf8');

/** The parts of the Kubernetes Job that have to fit each other. */
const jobSchema = z.object({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  spec: z.object({
    completionMode: z.literal('Indexed'),
    completions: z.int(),
    parallelism: z.int(),
    template: z.object({
      spec: z.object({
        restartPolicy: z.literal('Never'),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.int().min(1) }),
        containers: z.tuple([
          z.object({
            args: z.array(z.string()),
            env: z.tuple([z.object({ name: z.literal('LABELLESS_SHARDS'), value: z.string() })]),
          }),
        ]),
      }),
    }),
  }),
});

suite('the files for clusters', function () {
  this.timeout(240_000);
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  const masks = () =>
    readdirSync(at('my photos'))
      .filter(name => name.endsWith('.mask.png'))
      .sort();
  const all = ['0.mask.png', '1.mask.png', '2.mask.png', '3.mask.png'];

  /** Runs a shell text where `labelless` is a command. */
  const bash = (script: string, env: NodeJS.ProcessEnv = {}, ...args: string[]) => {
    const PATH = `${at('bin')}${path.delimiter}${process.env.PATH ?? ''}`;
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env, PATH } } as const;
    return spawnSync('bash', ['-c', script, 'bash', ...args], options);
  };

  suiteSetup(function () {
    if (process.platform === 'win32') this.skip(); // they are for Linux
  });
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless cluster-'));
    mkdirSync(at('bin'));
    writeFileSync(at('bin', 'labelless'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(at('bin', 'labelless'), 0o755);
    mkdirSync(at('my photos'));
    for (let seed = 0; seed < 4; seed++) writeFileSync(at('my photos', `${seed}.png`), picturePng(48, 32, seed));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('the tasks of the Slurm script segment the folder, and a second submission finds all done', () => {
    const script = path.join(files, 'labelless.sbatch');
    assert.equal(bash('bash -n "$1"', {}, script).status, 0);
    const submit = (job: string, count: number) => {
      for (let id = 1; id <= count; id++) {
        const task = {
          SLURM_ARRAY_JOB_ID: job,
          SLURM_ARRAY_TASK_ID: `${id}`,
          SLURM_ARRAY_TASK_COUNT: `${count}`,
          SLURM_ARRAY_TASK_MIN: '1',
          SLURM_ARRAY_TASK_MAX: `${count}`,
          SLURM_CPUS_PER_TASK: '1',
        };
        const { status, stderr } = bash('"$@"', task, 'bash', script, 'my photos');
        assert.equal(status, 0, stderr);
      }
    };
    submit('7', 2);
    assert.deepEqual(masks(), all);
    submit('8', 1); // with another number of tasks
    const lines = readFileSync(at('labelless-8_1.jsonl'), 'utf8').trim().split('\n');
    assert.deepEqual(
      lines.map(line => (JSON.parse(line) as { status: string }).status),
      ['done', 'done', 'done', 'done'],
    );
    assert.equal(bash('"$@"', {}, 'bash', script).status, 2, 'without a folder it says how it is called');
  });

  test('the Kubernetes Job tells its pods how many they are, and their command segments the shares', () => {
    const { spec } = jobSchema.parse(parse(textOf('kubernetes-job.yaml')));
    const [{ args, env }] = spec.template.spec.containers;
    assert.equal(env[0].value, String(spec.completions));
    assert.ok(spec.parallelism <= spec.completions);
    const here = args.map(arg => (arg === '/photos' ? at('my photos') : arg));
    for (const index of ['0', '1']) {
      const { status, stderr } = bash(
        'labelless "$@"',
        { JOB_COMPLETION_INDEX: index, LABELLESS_SHARDS: '2' },
        ...here,
      );
      assert.equal(status, 0, stderr);
    }
    assert.deepEqual(masks(), all);
  });

  test('the image runs the command line of npm’s package as a user without rights', () => {
    const instructions = textOf('Dockerfile')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split(/ (.*)/s) as [string, string]);
    const last = (name: string) => instructions.filter(([instruction]) => instruction === name).at(-1)?.[1];
    assert.equal(last('USER'), 'node', 'which is user 1000 of that image, as the Job says');
    assert.deepEqual(JSON.parse(last('ENTRYPOINT') ?? ''), ['labelless']);
    const { engines, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      engines: { node: string };
      version: string;
    };
    assert.ok(Number(/^node:(\d+)-/.exec(last('FROM') ?? '')?.[1]) >= Number(/\d+/.exec(engines.node)?.[0]));
    const [pattern = ''] = (last('COPY') ?? '').split(' ');
    mkdirSync(at('context'));
    writeFileSync(at('context', `labelless-${version}.tgz`), '');
    assert.match(bash(`ls context/${pattern}`).stdout, /^context\/labelless-.*\.tgz\n$/);
    assert.equal(bash('bash -n <<< "$1"', {}, last('RUN') ?? '').status, 0);
  });

  test('the command of the Snakemake rule segments the shares', () => {
    const texts = /\n {4}shell:\n((?: {8}"[^"\n]*"\n)+)/.exec(textOf('Snakefile'))?.[1] ?? '';
    const command = [...texts.matchAll(/"([^"\n]*)"/g)].map(([, part]) => part).join('');
    assert.match(command, /^labelless segment /);
    for (const shard of ['1', '2']) {
      const values: Record<string, string> = {
        'params.photos:q': "'my photos'",
        'params.shards': '2',
        'wildcards.shard': shard,
        'output:q': `${shard}.jsonl`,
        threads: '1',
      };
      const script = command.replace(/\{([^}]*)\}/g, (_, name: string) => values[name] ?? assert.fail(name));
      const { status, stderr } = bash(script);
      assert.equal(status, 0, stderr);
    }
    assert.deepEqual(masks(), all);
  });
});
