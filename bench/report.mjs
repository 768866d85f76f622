export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One row: what was measured, against what, the ratio, and the bound that the project holds itself to. */
export function report(rows) {
  const table = rows.map((row) => ({
    measured: row.name,
    ours: row.ours.toFixed(row.digits ?? 2) + row.unit,
    peer: row.peer === undefined ? "" : row.peer.toFixed(row.digits ?? 2) + row.unit,
    ratio: row.peer === undefined ? "" : (row.ratio ?? row.ours / row.peer).toFixed(2),
    bound: row.bound,
  }));
  console.table(table);
}
