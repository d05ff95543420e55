import assert from 'node:assert/strict';
import { UsageError } from './settingOptions';
import { isInShard, parseShard } from './shardOption';

const refused = (text: string, env: NodeJS.ProcessEnv, reason: RegExp) => {
  assert.throws(
    () => parseShard(text, env),
    (error: unknown) => error instanceof UsageError && reason.test(error.message),
    `${text} ${JSON.stringify(env)}`,
  );
};

suite('A share of the images', () => {
  test('is written I/N from 1', () => {
    assert.deepEqual(parseShard('3/64', {}), { index: 2, count: 64 });
    assert.deepEqual(parseShard('1/1', {}), { index: 0, count: 1 });
    for (const text of ['0/4', '5/4', '3', '3/', '/4', '-1/4', '1.5/4', '3/0', 'x/4', '1/9999999', '1/2/3', ' ', '١/٢'])
      refused(text, {}, /: I\/N is wanted, I from 1 to N/);
  });

  test('is found by SHA-256 of the path: values of Python’s hashlib', () => {
    const expected: [string, number, number][] = [
      ['a.png', 31, 5],
      ['day 1/a.png', 25, 0],
      ['é.jpg', 61, 5],
      ['e\u0301.jpg', 61, 5], // as macOS writes it
    ];
    for (const [relative, of64, of7] of expected) {
      const sharesOf = (count: number) =>
        Array.from({ length: count }, (_, index) => index).filter(index => isInShard(relative, { index, count }));
      assert.deepEqual([sharesOf(64), sharesOf(7)], [[of64], [of7]], relative);
    }
  });

  test('is of about the same size as the others', () => {
    const names = Array.from({ length: 6400 }, (_, i) => `IMG_${String(i).padStart(4, '0')}.jpg`);
    for (let index = 0; index < 8; index++) {
      const size = names.filter(name => isInShard(name, { index, count: 8 })).length;
      assert.ok(Math.abs(size - 800) < 4 * Math.sqrt(800 * (7 / 8)), `share ${index} has ${size} of 6400`); // 4 σ
    }
  });

  test('follows from the task of a Slurm array, wherever its numbers begin', () => {
    const slurm = (id: number, count: number, first: number, last: number, step = 1) => ({
      SLURM_ARRAY_TASK_ID: `${id}`,
      SLURM_ARRAY_TASK_COUNT: `${count}`,
      SLURM_ARRAY_TASK_MIN: `${first}`,
      SLURM_ARRAY_TASK_MAX: `${last}`,
      SLURM_ARRAY_TASK_STEP: `${step}`,
    });
    assert.deepEqual(parseShard('auto', slurm(0, 64, 0, 63)), { index: 0, count: 64 });
    assert.deepEqual(parseShard('auto', slurm(64, 64, 1, 64)), { index: 63, count: 64 });
    assert.deepEqual(parseShard('auto', slurm(8, 4, 0, 12, 4)), { index: 2, count: 4 });
    assert.deepEqual(parseShard('auto', { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '4' }), {
      index: 3,
      count: 4,
    });
    refused('auto', slurm(3, 3, 1, 7), /the array's 3 tasks from 1 to 7 are not numbered evenly/); // --array=1,3,7
    refused('auto', { SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_COUNT: '4' }, /TASK_ID=4 is no task of 4/);
    refused('auto', { SLURM_ARRAY_TASK_ID: '4' }, /SLURM_ARRAY_TASK_COUNT is not$/);
    refused('auto', { ...slurm(1, 4, 0, 3), SLURM_ARRAY_TASK_ID: 'one' }, /SLURM_ARRAY_TASK_ID=one is no whole number/);
  });

  test('follows from the task of a Kubernetes indexed Job or of an AWS Batch array', () => {
    assert.deepEqual(parseShard('auto', { JOB_COMPLETION_INDEX: '0', LABELLESS_SHARDS: '8' }), { index: 0, count: 8 });
    refused('auto', { JOB_COMPLETION_INDEX: '0' }, /LABELLESS_SHARDS is not; set it to the job's completions/);
    const aws = { AWS_BATCH_JOB_ARRAY_INDEX: '9', AWS_BATCH_JOB_ARRAY_SIZE: '10' };
    assert.deepEqual(parseShard('auto', aws), { index: 9, count: 10 });
    refused('auto', { ...aws, AWS_BATCH_JOB_ARRAY_SIZE: '9' }, /ARRAY_INDEX=9 is no task of 9/);
    refused('auto', { ...aws, JOB_COMPLETION_INDEX: '0' }, /both JOB_COMPLETION_INDEX and AWS_BATCH_JOB_ARRAY_INDEX/);
    refused('auto', {}, /this is no task of an array/);
  });
});
