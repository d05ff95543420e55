import type { Run } from './limitedRun';
import type { Fault } from './trial';

/** Words of libraries, schemas and the runtime, which mean nothing to a user. */
const rawWords: readonly RegExp[] = [
  /^\s+at .+:\d+:\d+\)?$/m,
  /ZodError|Invalid input|"code":\s*"invalid_/,
  /Maximum call stack size|is not a constructor|Cannot read propert|is not a function|is not iterable/,
  /\b(?:TypeError|RangeError|SyntaxError|ReferenceError|AggregateError)\b/,
  /\bE(?:NOENT|NOSPC|ROFS|ACCES|ISDIR|NOTDIR|EXIST|LOOP|PERM|MFILE|IO)\b/,
  /Unexpected token|Unexpected end of JSON/,
  /unhandled|uncaught/i,
];

/** Finds words in a text that are a library's own; undefined where there are none. */
export function rawWordsIn(text: string): Fault {
  for (const pattern of rawWords) {
    const found = pattern.exec(text);
    if (found) return `it says "${found[0].trim().slice(0, 80)}"`;
  }
  return undefined;
}

/** What a run with a bad input must do. */
interface Expected {
  /** Exit statuses that are right. */
  readonly statuses: readonly number[];
  /** What its messages must name: the file, as a rule. */
  readonly names?: string;
}

/** Judges a run: it ends within its limits with one of the statuses, names the file, and says so in a user's words. */
export function faultOf(run: Run, { statuses, names }: Expected): Fault {
  const said = run.errors + run.output;
  const excerpt = run.errors.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  if (run.exceeded !== undefined) return run.exceeded;
  if (run.status === null) return `it was ended by ${run.signal ?? 'a signal'}`;
  if (!statuses.includes(run.status)) return `its exit status is ${run.status}: ${excerpt}`;
  if (run.status !== 0 && names !== undefined && !said.includes(names)) return `it does not name ${names}: ${excerpt}`;
  return rawWordsIn(run.errors);
}
