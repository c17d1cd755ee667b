/** Brings each column of a table to mean 0 and variance 1, as measured on `reference`; a constant one to mean 0. */
export function standardise(table: Float32Array, reference: Float32Array, columns: number): Float32Array {
  const rows = reference.length / columns;
  const sum = (of: (value: number) => number, column: number) => {
    let total = 0;
    for (let index = column; index < reference.length; index += columns)
      total += of(reference[index] as number);
    return total;
  };
  const means = Array.from({ length: columns }, (_, column) => sum((value) => value, column) / rows);
  const deviations = means.map(
    (mean, column) => Math.sqrt(sum((value) => (value - mean) ** 2, column) / rows) || 1,
  );
  return table.map(
    (value, index) => (value - (means[index % columns] as number)) / (deviations[index % columns] as number),
  );
}
