import assert from 'node:assert/strict';
import { endText, progressText } from './queueTexts';

const queue = {
  name: 'may',
  photos: { all: 20_000, done: 1200, kept: 32, failed: 2 },
  openJobs: 376,
  photosPerSecond: 3.24,
  timeLeft: '97 min',
  failures: [],
  failureCount: 2,
};
const nowhere = { elsewhere: [], maskFolders: [] };

suite('The texts about a queue', () => {
  test('tell how many photos are through, the speed, the time left and what was set aside', () => {
    assert.equal(progressText(queue), '1,234 of 20,000 photos · 3.2 photos per second · 97 min left · 2 set aside');
    const photos = { all: 1, done: 0, kept: 0, failed: 0 };
    assert.equal(progressText({ ...queue, photos, photosPerSecond: 0, timeLeft: null }), '0 of 1 photo');
  });

  test('tell at the end what became of the photos, what is left, and where results lie', () => {
    const photos = { all: 1236, done: 1200, kept: 32, failed: 4 };
    assert.equal(endText({ ...queue, photos }, nowhere), 'may: 1,200 photos done, 32 kept as they are, 4 set aside.');
    assert.equal(
      endText({ ...queue, photos: { all: 3, done: 1, kept: 0, failed: 0 } }, nowhere),
      'may: 1 photo done, 2 left in jobs that failed.',
    );
    const elsewhere = ['s3://masks/a', 's3://masks/b', 's3://masks/c', 's3://masks/d'];
    assert.match(
      endText(queue, { elsewhere, maskFolders: ['/data/masks'] }),
      /\. Results lie in s3:\/\/masks\/a, s3:\/\/masks\/b, s3:\/\/masks\/c, and 1 more\. Masks lie in \/data\/masks; /,
    );
  });
});
