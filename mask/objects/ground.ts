import type { Hierarchy } from '../regions/hierarchy';

/** The share of the picture's edge beyond which what touches it counts as ground. */
const groundShare = 0.06;

/** By base region: the smallest node with it that is ground, that is, which touches much of the picture's edge. */
export function groundOf({ count, left, right }: Hierarchy, parents: Int32Array, edge: Float32Array): Uint32Array {
  const nodes = 2 * count - 1;
  const frame = new Float32Array(nodes);
  frame.set(edge);
  for (let k = 0; k < count - 1; k++) frame[count + k] = frame[left[k]] + frame[right[k]];
  const ground = new Uint32Array(nodes);
  for (let node = nodes - 1; node >= 0; node--)
    ground[node] = frame[node] > groundShare || parents[node] < 0 ? node : ground[parents[node]];
  return ground.subarray(0, count);
}
