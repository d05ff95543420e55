import assert from 'node:assert/strict';
import { joinNetwork, networkWeight } from './seenClasses';
import type { SourceLabels } from './sourceLabels';

/** Two labels of a class that the network knows, one of another, one without a class, then background and nothing. */
const source: SourceLabels = {
  labels: [
    { class: 1, name: 'car', colour: '#000000' },
    { class: 2, name: 'road', colour: '#000000' },
    { class: 1, name: 'car', colour: '#000000' },
    { name: 'mine', colour: '#000000' },
  ],
  groupOf: [0, 1, 0, 2, 3, 4],
  groups: 5,
  sourceAt: new Uint16Array(),
  background: 4,
  nothing: 5,
};
const indexOf = (label: { class?: number } | 'background') =>
  label === 'background' ? undefined : label.class === undefined ? undefined : 2 - label.class;

/** The product of experts, computed by logarithms. @param known pairs of a share and a probability */
function product(known: readonly (readonly [number, number])[]): number[] {
  const all = known.reduce((sum, [share]) => sum + share, 0);
  const logs = known.map(([share, probability]) => Math.log(share) + networkWeight * Math.log(probability));
  const parts = logs.map(log => Math.exp(log - logs[0]));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map(part => (all * part) / sum);
}

const close = (found: ArrayLike<number>, wanted: readonly number[]) => {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, index) => {
    assert.ok(Math.abs(found[index] - value) < 1e-6, `${index}: ${found[index]} is not ${value}`);
  });
};

suite('What a network sees and the votes', () => {
  test('are multiplied among the classes that it learned; other labels keep their share', () => {
    const shares = Float64Array.of(0.5, 0.2, 0.1, 0.15, 0.05);
    const joined = joinNetwork(shares, Float32Array.of(0.75, 0.01), { count: 2, indexOf }, source);
    const [car, road] = product([
      [0.5, 0.01],
      [0.2, 0.75],
    ]);
    close(joined, [car, road, 0.1, 0.15, 0.05]);
    assert.deepEqual([...shares], [0.5, 0.2, 0.1, 0.15, 0.05]);
  });

  test('meet the background too, where it is one of the classes', () => {
    const shares = Float64Array.of(0.3, 0, 0.1, 0.6, 0);
    const ground = (label: { class?: number } | 'background') => (label === 'background' ? 0 : indexOf(label));
    const joined = joinNetwork(shares, Float32Array.of(0.02, 0.9), { count: 2, indexOf: ground }, source);
    const [car, background] = product([
      [0.3, 0.9],
      [0.6, 0.02],
    ]);
    close(joined, [car, 0, 0.1, background, 0]);
  });

  test('stay as they are for a region that the network sees nothing of', () => {
    const shares = Float64Array.of(0.5, 0.2, 0.1, 0.15, 0.05, 0.2, 0.2, 0.2, 0.2, 0.2);
    const joined = joinNetwork(shares, Float32Array.of(NaN, NaN, 1, 1), { count: 2, indexOf }, source);
    close(joined, [...shares]);
  });

  test('are one with a network that knows nothing of the labels', () => {
    const shares = Float64Array.of(0.5, 0.2, 0.1, 0.15, 0.05);
    const none = { count: 2, indexOf: () => undefined };
    assert.deepEqual(joinNetwork(shares, Float32Array.of(0.1, 0.9), none, source), shares);
  });
});
