import { type Examples, gather } from "../../learning/subject/examples.ts";

/** An example that does not look like the others, and why. */
export interface OddExample {
  /** Its place in the training set, from 0. */
  readonly example: number;
  readonly reason: string;
}

/**
 * A number counts as odd if it lies this many interquartile ranges beyond the quartiles. No uniformly distributed
 * number lies so far out, and 2 in a million normally distributed ones do.
 */
const FENCE = 3;
/**
 * The distance must also exceed this share of the median's size, because nearly constant numbers have equal quartiles.
 */
const TOLERANCE = 0.1;
/** With fewer examples, quartiles say too little. */
const FEWEST = 8;
/** A row of at least so many whole numbers is looked at as a whole. */
const LONG = 4;

/**
 * Looks for odd examples among the rows of a rung, and compares each with all of these.
 *
 * @param rows indices of the rung's examples, those of the rung below first.
 * @param from the place in `rows` of the first example that this rung adds; the others were looked at before.
 */
export function findOddExamples(examples: Examples, rows: readonly number[], from = 0): OddExample[] {
  const seen = gather(examples, rows);
  const contradictions = findContradictions(seen, rows);
  const outliers = seen.count < FEWEST ? [] : featuresOf(seen).flatMap((feature) => findOutliers(feature));
  return [...outliers, ...contradictions]
    .filter(({ example }) => example >= from)
    .map(({ example, reason }) => ({ example: rows[example] as number, reason }));
}

/** One number of every example. */
interface Feature {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * Lists the features that are compared: the mean and deviation of each channel of a picture or a sequence, each number of
 * other inputs, and each numeric target. Whole numbers in a long row are words, counts or pixels, and no single place of
 * them has a scale of its own: such a row is one channel.
 */
function featuresOf(examples: Examples): Feature[] {
  const { inputShape, inputs, outputs, targets, count, classification } = examples;
  const last = inputShape.at(-1) as number;
  const isRow = inputShape.length === 1 && last >= LONG && isWhole(inputs);
  const channels = isRow ? 1 : last;
  const inputFeatures =
    isRow || inputShape.length > 1
      ? Array.from({ length: channels }, (_, channel) => channelFeatures(examples, channel, channels)).flat()
      : Array.from({ length: channels }, (_, column) => feature(`input ${column}`, inputs, count, column));
  const targetFeatures = classification
    ? []
    : Array.from({ length: outputs }, (_, column) => feature(`target ${column}`, targets, count, column));
  return [...inputFeatures, ...targetFeatures];
}

function isWhole(inputs: Float32Array): boolean {
  return inputs.every((value) => Number.isInteger(value) && value >= 0);
}

function feature(name: string, table: Float32Array, count: number, column: number): Feature {
  const columns = table.length / count;
  return { name, values: Array.from({ length: count }, (_, row) => table[row * columns + column] as number) };
}

function channelFeatures({ inputs, count }: Examples, channel: number, channels: number): Feature[] {
  const size = inputs.length / count;
  const pictures = Array.from({ length: count }, (_, index) => {
    let [sum, squares] = [0, 0];
    for (let at = index * size + channel; at < (index + 1) * size; at += channels) {
      sum += inputs[at] as number;
      squares += (inputs[at] as number) ** 2;
    }
    const mean = sum / (size / channels);
    return { mean, deviation: Math.sqrt(Math.max(0, squares / (size / channels) - mean ** 2)) };
  });
  return [
    { name: `mean of channel ${channel}`, values: pictures.map(({ mean }) => mean) },
    { name: `deviation of channel ${channel}`, values: pictures.map(({ deviation }) => deviation) },
  ];
}

function findOutliers({ name, values }: Feature): OddExample[] {
  // Two values are a category, and the rarer one of them is no outlier.
  if (new Set(values).size <= 2) return [];
  const isOdd = beyondFence(values);
  // Prices, incomes and counts are skewed: what lies far out on their own scale may lie well within on a logarithmic one.
  const isOddInLog = values.every((value) => value > 0) ? beyondFence(values.map(Math.log)) : isOdd;
  const median = middleOf(values);
  return values.flatMap((value, example) =>
    isOdd[example] && isOddInLog[example]
      ? [
          {
            example,
            reason: `${name} is ${Number(value.toPrecision(3))}, the others' median ${Number(median.toPrecision(3))}`,
          },
        ]
      : [],
  );
}

/** Marks the values that lie beyond the fence. Where most values are equal, the quartiles are those of the others. */
function beyondFence(values: readonly number[]): boolean[] {
  const median = middleOf(values);
  const others = values.filter((value) => value !== median);
  const spread = at(values, 0.25) === at(values, 0.75) && others.length > FEW_OTHERS ? others : values;
  const [low, high] = [at(spread, 0.25), at(spread, 0.75)];
  const reach = FENCE * (high - low) + TOLERANCE * Math.max(Math.abs(low), Math.abs(high));
  return values.map((value) => value !== median && (value < low - reach || value > high + reach));
}

/** Up to so many values that differ from all others may be the odd ones themselves. */
const FEW_OTHERS = 3;

function middleOf(values: readonly number[]): number {
  return at(values, 0.5);
}

/** Returns the value below which this share of the values lies. */
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] as number;
}

/** Finds examples with the same input and different targets; no network can learn both. */
function findContradictions(
  { inputs, targets, count, outputs }: Examples,
  rows: readonly number[],
): OddExample[] {
  const size = inputs.length / count;
  const first = new Map<string, number>();
  const found: OddExample[] = [];
  for (let example = 0; example < count; example++) {
    const part = inputs.subarray(example * size, (example + 1) * size);
    const key = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, example);
    else if (!sameTargets(targets, outputs, earlier, example))
      found.push({ example, reason: `has the input of example ${rows[earlier]} and another target` });
  }
  return found;
}

function sameTargets(targets: Float32Array, outputs: number, a: number, b: number): boolean {
  for (let output = 0; output < outputs; output++) {
    if (targets[a * outputs + output] !== targets[b * outputs + output]) return false;
  }
  return true;
}
