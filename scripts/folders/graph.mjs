// Graphs of imports: a map from a name to the set of names that it imports.

/** Joins pairs of files into a graph of the groups that `groupOf` assigns them to. */
export function between(pairs, groupOf) {
  const graph = new Map();
  for (const [from, to] of pairs.map(pair => pair.map(file => groupOf(file)))) {
    if (from === to) continue;
    if (!graph.has(from)) graph.set(from, new Set());
    graph.get(from).add(to);
  }
  return graph;
}

/** By folder: the graph of its direct entries, where a subfolder stands for everything below it. */
export function siblings(pairs) {
  const byParent = new Map();
  for (const [from, to] of pairs) {
    const [a, b] = [from.split('/'), to.split('/')];
    let depth = 0;
    while (a[depth] === b[depth]) depth++;
    const parent = a.slice(0, depth).join('/');
    if (!byParent.has(parent)) byParent.set(parent, []);
    byParent.get(parent).push([a.slice(0, depth + 1).join('/'), b.slice(0, depth + 1).join('/')]);
  }
  return [...byParent.values()].map(within => between(within, name => name));
}

/** The circles of a graph: one for each group of names that reach one another. */
export function circles(graph) {
  const found = [];
  const done = new Set();
  for (const start of graph.keys()) {
    if (done.has(start)) continue;
    const circle = wayBack(graph, start);
    if (!circle) continue;
    found.push(circle);
    for (const name of circle) done.add(name);
  }
  return found;
}

/** The shortest path from a name back to itself, both ends included; undefined when there is none. */
function wayBack(graph, start) {
  const previous = new Map();
  for (const queue = [start]; queue.length > 0;) {
    const name = queue.shift();
    for (const next of graph.get(name) ?? []) {
      if (next === start) {
        const way = [start];
        for (let at = name; at !== start; at = previous.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (previous.has(next)) continue;
      previous.set(next, name);
      queue.push(next);
    }
  }
  return undefined;
}
