import { type Examples, firstExamples } from "../../learning/subject/examples.ts";

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

/** Looks for odd examples among the first `count`, and compares each with all of these. */
export function findOddExamples(examples: Examples, count: number): OddExample[] {
  const seen = firstExamples(examples, count);
  const contradictions = findContradictions(seen);
  if (seen.count < FEWEST) return contradictions;
  return [...featuresOf(seen).flatMap((feature) => findOutliers(feature)), ...contradictions];
}

/** One number of every example. */
interface Feature {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * Lists the features that are compared: the mean and deviation of each channel of a picture, each number of other
 * inputs, and each numeric target.
 */
function featuresOf(examples: Examples): Feature[] {
  const { inputShape, inputs, outputs, targets, count, classification } = examples;
  const channels = inputShape.at(-1) as number;
  const inputFeatures =
    inputShape.length > 1
      ? Array.from({ length: channels }, (_, channel) => pictureFeatures(examples, channel, channels)).flat()
      : Array.from({ length: channels }, (_, column) => feature(`input ${column}`, inputs, count, column));
  const targetFeatures = classification
    ? []
    : Array.from({ length: outputs }, (_, column) => feature(`target ${column}`, targets, count, column));
  return [...inputFeatures, ...targetFeatures];
}

function feature(name: string, table: Float32Array, count: number, column: number): Feature {
  const columns = table.length / count;
  return { name, values: Array.from({ length: count }, (_, row) => table[row * columns + column] as number) };
}

function pictureFeatures({ inputs, count }: Examples, channel: number, channels: number): Feature[] {
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
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const [low, median, high] = [at(0.25), at(0.5), at(0.75)];
  const reach = FENCE * (high - low) + TOLERANCE * Math.max(Math.abs(low), Math.abs(high));
  return values.flatMap((value, example) =>
    value >= low - reach && value <= high + reach
      ? []
      : [
          {
            example,
            reason: `${name} is ${Number(value.toPrecision(3))}, the others' median ${Number(median.toPrecision(3))}`,
          },
        ],
  );
}

/** Finds examples with the same input and different targets; no network can learn both. */
function findContradictions({ inputs, targets, count, outputs }: Examples): OddExample[] {
  const size = inputs.length / count;
  const first = new Map<string, number>();
  const found: OddExample[] = [];
  for (let example = 0; example < count; example++) {
    const part = inputs.subarray(example * size, (example + 1) * size);
    const key = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, example);
    else if (!sameTargets(targets, outputs, earlier, example))
      found.push({ example, reason: `has the input of example ${earlier} and another target` });
  }
  return found;
}

function sameTargets(targets: Float32Array, outputs: number, a: number, b: number): boolean {
  for (let output = 0; output < outputs; output++) {
    if (targets[a * outputs + output] !== targets[b * outputs + output]) return false;
  }
  return true;
}
