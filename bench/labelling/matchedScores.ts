import { ignoreLabel } from '../../server/src/engine/dataset/layouts/classList';
import { classScores, countPixels, emptyConfusion, type ClassScores } from '../../server/src/engine/metrics/confusion';
import { bestMatching } from './bestMatching';

/**
 * Scores labels that mean the same in all pictures, but are no classes: each class is matched with one label at most,
 * and each label with one class, so that most pixels are right, as unsupervised segmentation is measured (Ji et al.,
 * *Invariant Information Clustering*, ICCV 2019; Cho et al., *PiCIE*, CVPR 2021). Pixels of labels that no class is
 * matched with are wrong.
 * @param truths by picture and pixel: the index of its class, or `ignoreLabel`
 * @param labels by picture and pixel: its label
 */
export function matchedScores(
  truths: readonly Uint8Array[],
  labels: readonly ArrayLike<number>[],
  classes: number,
): ClassScores {
  const most = labels.reduce((top, map) => Math.max(top, largest(map)), 0);
  const counts = Array.from({ length: classes }, () => new Array<number>(most + 1).fill(0));
  truths.forEach((truth, picture) => {
    truth.forEach((index, p) => {
      if (index !== ignoreLabel) counts[index]![labels[picture]![p]!]!++;
    });
  });
  const classOf = new Uint8Array(most + 1).fill(ignoreLabel);
  bestMatching(counts).forEach((label, index) => {
    if (label >= 0) classOf[label] = index;
  });
  const confusion = emptyConfusion(classes);
  truths.forEach((truth, picture) => {
    countPixels(
      confusion,
      truth,
      Uint8Array.from(labels[picture]!, label => classOf[label]!),
    );
  });
  return classScores(confusion);
}

function largest(map: ArrayLike<number>): number {
  let most = 0;
  for (let p = 0; p < map.length; p++) most = Math.max(most, map[p]!);
  return most;
}
