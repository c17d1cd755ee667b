import { type Examples, firstExamples } from "../../learning/subject/examples.ts";

/** An example that does not look like the others, and why. */
export interface OddExample {
  /** Its place in the training set, from 0. */
  readonly example: number;
  readonly reason: string;
}

/**
 * A number counts as odd this many interquartile ranges beyond the quartiles: of evenly spread numbers none lies so
 * far, of normally spread ones 2 in a million.
 */
const FENCE = 3;
/** And by this part of the median's size: numbers that are all but constant have quartiles that touch. */
const TOLERANCE = 0.1;
/** Fewer examples have no quartiles worth the name. */
const FEWEST = 8;

/** Looks for odd ones among the first `count` examples, each judged against all of them. */
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

/** Of pictures the mean and the deviation of each channel; of other inputs each number; of numeric targets each. */
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

/** The same input with another target: no network can learn both. */
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
