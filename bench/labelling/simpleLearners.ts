import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ignoreLabel } from '../../server/src/engine/dataset/layouts/classList';
import type { Picture } from '../../server/src/engine/image/picture';
import { toLab } from '../../server/src/engine/pixels/lab';
import type { LineProcess } from '../peers/pythonScript';

/** A picture, and the index of each pixel's class or `ignoreLabel`. */
export interface LabelledPicture {
  readonly picture: Picture;
  readonly labels: Uint8Array;
}

/** The classes that a learner found, by picture and pixel, and the seconds of processor time that learning took. */
interface Learned {
  readonly classes: readonly Uint8Array[];
  readonly seconds: number;
}

/** Learns from labelled pictures, and predicts others of the same size. */
export type Learner = (labelled: readonly LabelledPicture[], others: readonly Picture[]) => Promise<Learned>;

/** Gives each pixel the class whose mean colour, in CIE L*a*b*, is nearest. */
export const nearestMeanColour: Learner = (labelled, others) => {
  const before = process.cpuUsage();
  const sums = new Map<number, { count: number; colour: [number, number, number] }>();
  for (const { picture, labels } of labelled) {
    const { data } = toLab(picture);
    labels.forEach((label, p) => {
      if (label === ignoreLabel) return;
      const sum = sums.get(label) ?? { count: 0, colour: [0, 0, 0] };
      sums.set(label, sum);
      sum.count++;
      for (const c of [0, 1, 2] as const) sum.colour[c] += data[c * labels.length + p]!;
    });
  }
  const means = [...sums].map(
    ([
      label,
      {
        count,
        colour: [l, a, b],
      },
    ]) => ({
      label,
      colour: [l / count, a / count, b / count] as const,
    }),
  );
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const classes = others.map(picture => {
    const { data } = toLab(picture);
    const pixels = picture.width * picture.height;
    return Uint8Array.from({ length: pixels }, (_, p) => {
      const squared = ({ colour: [l, a, b] }: (typeof means)[number]) =>
        (data[p]! - l) ** 2 + (data[pixels + p]! - a) ** 2 + (data[2 * pixels + p]! - b) ** 2;
      return means.reduce((best, mean) => (squared(mean) < squared(best) ? mean : best)).label;
    });
  });
  return Promise.resolve({ classes, seconds });
};

/** The random forest of a script that was started. @param scratch a folder for its files, which is removed again */
export function randomForest(script: LineProcess, scratch: string): Learner {
  return async (labelled, others) => {
    await mkdir(scratch, { recursive: true });
    const write = async (name: string, { rgb }: Picture, labels?: Uint8Array) => {
      const files = [path.join(scratch, `${name}.rgb`), path.join(scratch, `${name}.classes`)] as const;
      await writeFile(files[0], rgb);
      if (labels) await writeFile(files[1], labels);
      return files;
    };
    const { width, height } = labelled[0]!.picture;
    const job = {
      width,
      height,
      labelled: await Promise.all(labelled.map(({ picture, labels }, n) => write(`labelled-${n}`, picture, labels))),
      others: await Promise.all(others.map((picture, n) => write(`other-${n}`, picture))),
    };
    const seconds = Number(await script.ask(JSON.stringify(job)));
    const classes = await Promise.all(job.others.map(async ([, file]) => new Uint8Array(await readFile(file))));
    await rm(scratch, { recursive: true });
    return { classes, seconds };
  };
}
