import path from 'node:path';

/**
 * Names under which images of any folders are exported into one: their own where it is theirs alone (without case),
 * else with their folder's before it. Undefined where that is another's too.
 * @param files absolute paths
 */
export function setNames(files: readonly string[]): (string | undefined)[] {
  const own = files.map(file => path.basename(file));
  const uses = countOf(own);
  const longer = files.map((file, index) =>
    uses.get(own[index].toLowerCase()) === 1 ? own[index] : `${path.basename(path.dirname(file))}_${own[index]}`,
  );
  const again = countOf(longer);
  return longer.map(name => (again.get(name.toLowerCase()) === 1 ? name : undefined));
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return counts;
}

/** The deepest folder that holds all files; absolute paths, at least one. On several drives the first file's root. */
export function commonFolder(files: readonly string[]): string {
  let common = path.dirname(files[0]);
  const holds = (file: string) => {
    const relative = path.relative(common, file);
    return !relative.startsWith('..') && !path.isAbsolute(relative);
  };
  while (!files.every(holds) && path.dirname(common) !== common) common = path.dirname(common);
  return common;
}
