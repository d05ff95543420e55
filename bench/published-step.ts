import * as g from '../server/src/engine/graph';

/**
 * One training step of the published network (Kim et al. 2020: two 3×3 blocks, one 1×1) as a program; deterministic
 * weights.
 */
export function publishedStep(height: number, width: number, channels: number): g.Program {
  const weights: g.Node[] = [];
  const weight = (name: string, shape: number[], fill: (index: number) => number) => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => fill(index));
    const node = g.variable(name, { shape, data });
    weights.push(node);
    return node;
  };
  const noise = (bound: number) => (index: number) => bound * Math.sin(index * 12.9898 + 1) ** 3;
  let x = g.input('image', [1, 3, height, width]);
  for (const [block, kernel] of [3, 3, 1].entries()) {
    const inputs = x.shape[1]!;
    const fan = inputs * kernel * kernel;
    const filter = weight(`filter${block}`, [channels, inputs, kernel, kernel], noise(1 / Math.sqrt(fan)));
    const convolved = g.convolution(x, filter, weight(`bias${block}`, [channels], noise(1 / Math.sqrt(fan))));
    const affine = {
      scale: weight(`scale${block}`, [channels], () => 1),
      shift: weight(`shift${block}`, [channels], () => 0),
    };
    x = g.batchNormalisation(block < 2 ? g.relu(convolved) : convolved, affine).output;
  }
  const labels = g.argMax(x, 1);
  const loss = g.add(g.crossEntropy(x, labels), g.add(g.continuity(x, 2), g.continuity(x, 3)));
  return g.createProgram({ loss, labels }, g.sgd(loss, weights, { learningRate: 0.1, momentum: 0.9 }));
}
