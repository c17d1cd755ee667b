/** Returns a text for each row of a table that tells it from rows with other numbers. */
export function rowKeys(values: Float32Array, count: number): string[] {
  const bytes = count === 0 ? 0 : values.byteLength / count;
  return Array.from({ length: count }, (_, row) =>
    Buffer.from(values.buffer, values.byteOffset + row * bytes, bytes).toString("latin1"),
  );
}
