import { average, correlation } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { sampleExamples } from "../../learning/subject/sample.ts";

const MOST_LOOKED_AT = 300;

/**
 * How strongly a pair of targets correlates with the horizontal and the vertical position of an object in the picture.
 */
export interface AxisCorrelation {
  /** Mean of the correlations of x with the first target and of y with the second. */
  readonly straight: number;
  /** Mean of the correlations of x with the second target and of y with the first. */
  readonly crossed: number;
}

/**
 * Locates the object in each picture and correlates its position with the targets. The position is the mean of the
 * pixel coordinates, weighted by each pixel's squared difference from the picture's median.
 *
 * @returns null unless the inputs are pictures `[height, width, channels]` and the targets pairs that vary.
 */
export function correlateAxes(examples: Examples): AxisCorrelation | null {
  if (examples.inputShape.length !== 3 || examples.outputs !== 2) return null;
  const seen = sampleExamples(examples, 1, MOST_LOOKED_AT);
  const centres = Array.from({ length: seen.count }, (_, index) => centreOf(seen, index));
  const target = (output: number) => centres.map((_, index) => seen.targets[2 * index + output] as number);
  const place = (axis: 0 | 1) => centres.map((centre) => centre[axis]);
  const correlated = (axis: 0 | 1, output: 0 | 1) => correlation(place(axis), target(output)) ?? Number.NaN;
  const straight = [correlated(0, 0), correlated(1, 1)];
  const crossed = [correlated(0, 1), correlated(1, 0)];
  if (![...straight, ...crossed].every(Number.isFinite)) return null;
  return { straight: average(straight), crossed: average(crossed) };
}

function centreOf({ inputs, inputShape }: Examples, index: number): readonly [x: number, y: number] {
  const [height, width, channels] = inputShape as [number, number, number];
  const size = height * width * channels;
  const picture = inputs.subarray(index * size, (index + 1) * size);
  const median = picture.slice().sort()[size >> 1] as number;
  let [sum, x, y] = [0, 0, 0];
  for (let at = 0; at < size; at++) {
    const weight = ((picture[at] as number) - median) ** 2;
    const pixel = Math.floor(at / channels);
    sum += weight;
    x += weight * (pixel % width);
    y += weight * Math.floor(pixel / width);
  }
  return [x / sum, y / sum];
}
