/** Where the nodes of a directed graph go: in layers, each to the right of all that lead to it (after Sugiyama, 1981). */

const SWEEPS = 8;

/**
 * Layers of a graph without cycles.
 *
 * @param {string[]} nodes
 * @param {Array<[string, string]>} edges from, to
 * @returns {string[][]} nodes of each layer from top to bottom, in an order that keeps edges short
 */
export function layers(nodes, edges) {
  const depth = new Map(nodes.map((node) => [node, 0]));
  // As many rounds as the longest path has edges; a cycle, which a topology cannot have, would end with the nodes.
  for (let round = 0; round < nodes.length; round++) {
    for (const [from, to] of edges) {
      depth.set(to, Math.max(depth.get(to), depth.get(from) + 1));
    }
  }
  const levels = [...new Set(depth.values())].sort((a, b) => a - b);
  const rows = levels.map((level) => nodes.filter((node) => depth.get(node) === level));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      order(row, rows, edges, sweep % 2 === 0);
    }
  }
  return rows;
}

/** Sorts a layer by the mean place of what its nodes are joined to on one side. */
function order(row, rows, edges, forward) {
  const place = new Map(rows.flatMap((one) => one.map((node, i) => [node, (i + 0.5) / one.length])));
  const mean = new Map(
    row.map((node) => {
      const joined = edges
        .filter(([from, to]) => (forward ? to : from) === node)
        .map(([from, to]) => place.get(forward ? from : to));
      return [node, joined.length === 0 ? place.get(node) : joined.reduce((a, b) => a + b) / joined.length];
    }),
  );
  row.sort((a, b) => mean.get(a) - mean.get(b));
}
