import assert from 'node:assert/strict';
import { connectedRegions, keepLargestPieces } from './connectedRegions';

const map = (rows: string) => Int32Array.from(rows.replaceAll(' ', ''), Number);

suite('connectedRegions', () => {
  test('numbers the pieces of equal labels apart', () => {
    const regions = connectedRegions(map('1122 1122 2211'), 4, 3, 0);
    assert.deepEqual([...regions.ids], [...map('0011 0011 2233')]);
    assert.equal(regions.count, 4);
  });

  test('does not join pixels over corners', () => assert.equal(connectedRegions(map('12 21'), 2, 2, 0).count, 4));

  test('gives small pieces to the neighbour with most shared sides', () => {
    const regions = connectedRegions(map('11122 13122 11122'), 5, 3, 2);
    assert.deepEqual([...regions.ids], [...map('00011 00011 00011')]);
  });

  test('keeps the largest pieces where all are below the minimum', () =>
    assert.equal(connectedRegions(map('12'), 2, 1, 9).count, 2));

  test('never makes more regions than ids can name', () => {
    const labels = Int32Array.from({ length: 300 * 300 }, (_, p) => p);
    const { count, ids } = connectedRegions(labels, 300, 300, 0);
    assert.ok(count <= 65535);
    assert.equal(new Set(ids).size, count);
  });
});

suite('keepLargestPieces', () => {
  test('gives away what is cut off and keeps ids', () => {
    const ids = Uint16Array.from(map('0011 0110 0011'));
    const regions = keepLargestPieces({ width: 4, height: 3, count: 2, ids });
    assert.deepEqual([...regions.ids], [...map('0011 0111 0011')]);
  });
});
