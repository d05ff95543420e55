import assert from 'node:assert/strict';
import { tableRow } from './clickTable';
import { playClicks } from './playedClicks';
import { nextClick } from './simulatedPerson';

suite('a simulated person', () => {
  const bitmap = (text: string) => Uint8Array.from(text, one => (one === '#' ? 1 : 0));
  const truth = bitmap('.......' + '.#####.' + '.#####.' + '.#####.' + '.......');

  test('clicks in the middle of the largest error, be it missing or too much, and never twice at a place', () => {
    assert.equal(nextClick(new Uint8Array(35), truth, 7, 5, new Set()), 16);
    assert.equal(nextClick(new Uint8Array(35), truth, 7, 5, new Set([16])), 17);
    const tooMuch = bitmap('###....' + '######.' + '######.' + '.#####.' + '.......');
    assert.equal(nextClick(tooMuch, truth, 7, 5, new Set()), 0);
    assert.equal(nextClick(truth, truth, 7, 5, new Set()), null);
  });

  test('says whether the place belongs to the object, and stops when all is right', async () => {
    const said: boolean[] = [];
    const overlaps = await playClicks({ width: 7, height: 5 }, truth, (_, clicks) => {
      said.push(clicks.at(-1)!.belongs);
      return said.length === 1 ? new Uint8Array(35).fill(1) : truth;
    });
    assert.deepEqual(said, [true, false]);
    assert.deepEqual(overlaps, [15 / 35, 1]);
  });

  test('counts 20 clicks where they do not suffice', () => {
    const row = tableRow('way', [{ photo: 'a', overlaps: [0.5, 0.86] }], 20);
    assert.match(
      row,
      /^\| way \| 0\.500 ± 0\.000 \| 0\.860 .* \| 2\.00 ± 0\.00 \(0 fail\) \| 20\.00 ± 0\.00 \(1 fail\) \|$/,
    );
  });
});
