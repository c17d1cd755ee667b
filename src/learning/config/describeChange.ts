type Entry = Readonly<Record<string, unknown>>;

/**
 * What became of a value, such as `training.steps 500 → 2000`. Of lists of layers only what differs is said, once where
 * it is the same in every layer: `model.hidden[].activation "sigmoid" → "relu"`.
 */
export function describeChange(path: string, before: unknown, after: unknown): string {
  if (!areEntries(before) || !areEntries(after) || before.length !== after.length)
    return `${path} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
  return Object.keys(after[0] as Entry)
    .filter((key) => column(before, key) !== column(after, key))
    .map((key) => `${path}[].${key} ${column(before, key)} → ${column(after, key)}`)
    .join(", ");
}

function areEntries(value: unknown): value is readonly Entry[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => typeof entry === "object" && entry !== null && !Array.isArray(entry))
  );
}

/** The values at a key as JSON: one where all are the same, else the list of them. */
function column(entries: readonly Entry[], key: string): string {
  const values = entries.map((entry) => JSON.stringify(entry[key]));
  return new Set(values).size === 1 ? (values[0] as string) : `[${values.join(",")}]`;
}
