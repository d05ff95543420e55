import path from 'node:path';
import { ignoreLabel, type ClassList } from '../layouts/classList';
import { describeLabel, describeUnknown } from '../layouts/labelText';
import type { LayoutName } from '../../experiment/experimentSchema';
import type { DecodedLabels } from '../layouts/layout';
import { looksLikeTrainIds } from '../layouts/trainIds';
import { listNames, type DataFinding } from './dataFinding';

/** Number of labels outside the classes, the most frequent ones, that get a finding each. */
const mostLabels = 5;

/** A label that is in no class: the first file with it, and how often it was found. */
interface UnknownLabel {
  readonly file: string;
  readonly files: number;
  readonly pixels: number;
}

/** Collects what the labels of a sample hold that is in no class, and whether they hold any class at all. */
export class SampledLabels {
  private readonly unknown = new Map<string, UnknownLabel>();
  private readonly left = new Map<number, number>();
  private readonly pixels = new Float64Array(256);
  private readonly outside: string[] = [];
  private readonly unlabelled: string[] = [];
  private readonly faults: { file: string; fault: string }[] = [];
  private maps = 0;
  private named = false;

  constructor(
    private readonly classes: ClassList,
    private readonly layout: LayoutName,
  ) {}

  add(file: string, { classes, unknown, left, named, faults }: DecodedLabels): void {
    this.maps++;
    this.named ||= named === true;
    const before = this.classPixels();
    for (const index of classes) this.pixels[index]!++;
    if (this.classPixels() === before) (unknown.size > 0 ? this.outside : this.unlabelled).push(file);
    for (const [label, pixels] of unknown) {
      const known = this.unknown.get(label);
      this.unknown.set(
        label,
        known ? { ...known, files: known.files + 1, pixels: known.pixels + pixels } : { file, files: 1, pixels },
      );
    }
    for (const [value, pixels] of left ?? []) this.left.set(value, (this.left.get(value) ?? 0) + pixels);
    for (const fault of faults ?? []) this.faults.push({ file, fault });
  }

  /** Returns the indices of the classes that some label has. */
  seenClasses(): Set<number> {
    return new Set([...this.classes.definitions.keys()].filter(index => this.pixels[index]! > 0));
  }

  /** @param sample the files that were looked at, in words */
  findings(sample: string, at: string[]): DataFinding[] {
    const warning = (code: string, message: string): DataFinding => ({ path: at, severity: 'warning', code, message });
    const findings: DataFinding[] = [];
    if (this.maps > 0 && this.classPixels() === 0)
      findings.push({
        path: at,
        severity: 'error',
        code: 'no-class',
        message:
          `No pixel of ${sample} is of any of the classes: ${this.instead()} ` +
          `(${listNames([...this.outside, ...this.unlabelled].map(file => path.basename(file)))}).`,
        file: [...this.outside, ...this.unlabelled][0]!,
      });
    else if (this.unlabelled.length > 0)
      findings.push({
        ...warning(
          'file-without-class',
          `Of ${sample}, ${this.unlabelled.length} without a labelled pixel: ` +
            `${listNames(this.unlabelled.map(file => path.basename(file)))}.`,
        ),
        file: this.unlabelled[0]!,
      });
    const [seen, another] = [...this.seenClasses()].map(index => this.classes.definitions[index]!.name);
    if (seen !== undefined && another === undefined && this.left.has(ignoreLabel))
      findings.push(
        warning(
          'one-class',
          `Every labelled pixel of ${sample} is of the class ${seen}, and the others are ${ignoreLabel}, ` +
            `which means no class. If ${ignoreLabel} is a class, give it that value.`,
        ),
      );
    if (this.hasTrainIds())
      findings.push(
        warning(
          'train-ids',
          `The values of ${sample} are all below 19, as train ids are, but ${this.classes.builtIn} reads label ids, ` +
            'such as 7 for road. List classes with the values that these labels have.',
        ),
      );
    return [...findings, ...this.unknownFindings(sample, at), ...this.faultFindings(at)];
  }

  private unknownFindings(sample: string, at: string[]): DataFinding[] {
    const common = { path: at, severity: 'warning', code: 'value-outside-classes' } as const;
    const byPixels = [...this.unknown].sort(([, a], [, b]) => b.pixels - a.pixels);
    const findings = byPixels.slice(0, mostLabels).map(([label, { file, files, pixels }]): DataFinding => {
      const where = files === 1 ? path.basename(file) : `${path.basename(file)} and ${files - 1} more`;
      const amount = `${pixels} ${pixels === 1 ? 'pixel' : 'pixels'} in ${where}, of ${sample}.`;
      return label === ''
        ? { ...common, file, message: `Labels without a name are in no class and do not count: ${amount}` }
        : {
            ...common,
            ...(this.named && { isName: true }),
            file,
            label,
            message: `The label ${label} is in no class and does not count: ${amount}`,
          };
    });
    const others = byPixels.slice(mostLabels).map(([label]) => describeLabel(label, this.kind));
    if (others.length > 0)
      findings.push({ ...common, message: `In no class either, and fewer pixels: ${listNames(others)}.` });
    const [inClasses, outside] = [this.classPixels(), byPixels.reduce((sum, [, { pixels }]) => sum + pixels, 0)];
    if (inClasses > 0 && outside > inClasses)
      findings.push({
        ...common,
        code: 'most-outside-classes',
        message:
          `Most labels do not count: ${outside} of ${inClasses + outside} labelled pixels ` +
          `(${Math.round((100 * outside) / (inClasses + outside))} %) are in no class, of ${sample}.`,
      });
    return findings;
  }

  private faultFindings(at: string[]): DataFinding[] {
    const [first] = this.faults;
    if (!first) return [];
    return [
      {
        path: at,
        severity: 'warning',
        code: 'shapes-left-out',
        file: first.file,
        message: `Of some labels parts are left out: ${listNames(
          this.faults.map(({ file, fault }) => `${path.basename(file)}: ${fault}`),
        )}.`,
      },
    ];
  }

  private get kind(): Pick<DecodedLabels, 'named'> {
    return this.named ? { named: true } : {};
  }

  private classPixels(): number {
    return this.pixels.subarray(0, ignoreLabel).reduce((sum, count) => sum + count, 0);
  }

  private hasTrainIds(): boolean {
    return !this.named && looksLikeTrainIds(this.classes, this.layout, this.pixels, this.left);
  }

  /** What labels without any class hold instead, and what may be the reason. */
  private instead(): string {
    const labels = [...this.unknown.keys()];
    const unknown = new Map([...this.unknown].map(([label, { pixels }]) => [label, pixels]));
    if (labels.length === 0) {
      const values = [...this.left.keys()].sort((a, b) => a - b);
      const ignored =
        values.length === 0 ? 'nothing is labelled' : `they hold ${listNames(values.map(String))}, which mean no class`;
      return values.join() === String(ignoreLabel) ? `all are ${ignoreLabel}, which means no class` : ignored;
    }
    const found = `they have ${describeUnknown({ unknown, ...this.kind })}`;
    if (labels.every(label => /^#(..)\1\1$/.test(label)))
      return `${found}; such greys are values that were saved as RGB: save them as greyscale, one value a pixel`;
    if (labels.every(label => label === ''))
      return `${found}; give the labels of these masks the names of classes in the mask editor`;
    return found;
  }
}
