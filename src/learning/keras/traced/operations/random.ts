// Operations that draw random numbers. A layer that computes draws from the streams of the run's seed.

import { randomNormal, randomUniform, type Tensor, truncatedNormal } from "@tensorflow/tfjs-core";
import { numbersOf, type Operation, type Operations } from "./operation.ts";

function drawn(draw: (shape: number[]) => Tensor): Operation {
  return ([shape]) => draw(numbersOf(shape as Tensor));
}

const uniform = drawn((shape) => randomUniform(shape));
const normal = drawn((shape) => randomNormal(shape));
const truncated = drawn((shape) => truncatedNormal(shape));

const whole: Operation = ([shape, low, high]) => {
  const [from, to] = [low, high].map((one) => (one as Tensor).dataSync()[0] as number);
  return randomUniform(numbersOf(shape as Tensor), from, to, "int32");
};

export const random: Operations = {
  RandomUniform: uniform,
  StatelessRandomUniform: uniform,
  StatelessRandomUniformV2: uniform,
  RandomStandardNormal: normal,
  StatelessRandomNormal: normal,
  StatelessRandomNormalV2: normal,
  TruncatedNormal: truncated,
  StatelessTruncatedNormal: truncated,
  StatelessTruncatedNormalV2: truncated,
  RandomUniformInt: whole,
};

/** Whether an operation of a graph draws random numbers. */
export function drawsNumbers(operation: string): boolean {
  return operation in random;
}
