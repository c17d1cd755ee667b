type Entry = Readonly<Record<string, unknown>>;

/**
 * Describes how a value changed, such as `training.steps 500 → 2000`. For lists of layers it names only the keys that
 * differ, and a value once if all layers share it: `model.hidden[].activation "sigmoid" → "relu"`.
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

/** Prints the values at a key as JSON: a single one if all are equal, otherwise the list. */
function column(entries: readonly Entry[], key: string): string {
  const values = entries.map((entry) => JSON.stringify(entry[key]));
  return new Set(values).size === 1 ? (values[0] as string) : `[${values.join(",")}]`;
}
