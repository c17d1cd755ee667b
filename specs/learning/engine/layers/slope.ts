import {
  mean,
  type Scalar,
  square,
  sub,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { noteVariables } from "../../../../src/learning/subject/disposeModel.ts";
import { seedWeights } from "../../../../src/learning/subject/seedModel.ts";
import { planForward } from "../../../../src/learning/training/forward.ts";
import { trainableVariables } from "../../../../src/learning/training/gradients.ts";
import type { LayerClass } from "./layerClasses.ts";

/** Far enough for float32, and near enough for the curve to be a line. */
const STEP = 2e-3;
const BATCH = 5;

/** The slope of a loss along a random direction in the weights of a model. */
export interface Slope {
  /** By the gradients. */
  readonly gradient: number;
  /** By the difference quotient. */
  readonly quotient: number;
  /** Sum of the sizes of all gradients, which both are measured against. */
  readonly size: number;
}

/** One pass through a model. The caller of the pass disposes the gradients. */
export interface Pass {
  readonly loss: number;
  /** One for each variable; null where the loss does not depend on it. */
  readonly gradients: readonly (Tensor | null)[];
}

/** Measures the slope along a direction that is drawn from `random`; every weight is put back. */
export async function slopeAlong(
  variables: readonly Variable[],
  random: SeedStream,
  pass: () => Pass | Promise<Pass>,
  step: number = STEP,
): Promise<Slope> {
  const directions = variables.map(({ size }) => uniform(random, size));
  const start = variables.map((variable) => variable.dataSync().slice() as Float32Array);
  const lossAt = async (far: number) => {
    variables.forEach((variable, index) => {
      const direction = directions[index] as Float32Array;
      const values = (start[index] as Float32Array).map(
        (value, at) => value + far * (direction[at] as number),
      );
      tidy(() => variable.assign(tensor(values, variable.shape)));
    });
    const { loss, gradients } = await pass();
    for (const gradient of gradients) gradient?.dispose();
    return loss;
  };
  const { gradients } = await pass();
  let [gradient, size] = [0, 0];
  gradients.forEach((one, index) => {
    one?.dataSync().forEach((value, at) => {
      gradient += value * ((directions[index] as Float32Array)[at] as number);
      size += Math.abs(value);
    });
    one?.dispose();
  });
  const quotient = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
  await lossAt(0);
  return { gradient, quotient, size };
}

function uniform(random: SeedStream, size: number): Float32Array {
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
}

/** Measures the slope of a layer class on the running engine. */
export async function slopeOf(entry: LayerClass): Promise<Slope> {
  const disposeModel = noteVariables();
  const model = entry.build();
  try {
    seedWeights(model, 7);
    return await measure(model, entry);
  } finally {
    disposeModel(model);
  }
}

function measure(model: LayersModel, entry: LayerClass): Promise<Slope> {
  const variables = trainableVariables(model);
  const random = seedStream(5, entry.name);
  const size = BATCH * entry.shape.reduce((product, side) => product * side, 1);
  const { below } = entry;
  const inputs =
    below === undefined
      ? uniform(random, size)
      : Float32Array.from({ length: size }, () => random.below(below));
  const targets = uniform(random, BATCH);
  const forward = planForward(model);
  const lossOfBatch = () => {
    const [predictions] = forward([tensor(inputs, [BATCH, ...entry.shape])], entry.draws !== true);
    return mean(square(sub(predictions as Tensor, tensor(targets, [BATCH, 1])))) as Scalar;
  };
  return slopeAlong(variables, random, () => {
    const { value, grads } = tidy(() => variableGrads(lossOfBatch, variables));
    const [loss] = value.dataSync();
    value.dispose();
    return { loss: loss as number, gradients: variables.map(({ name }) => grads[name] ?? null) };
  });
}

/** Whether both slopes are the same, to 1 % of the sum of the gradients. */
export function slopesAgree({ gradient, quotient, size }: Slope): boolean {
  return size > 0 && Math.abs(gradient - quotient) < 0.01 * size;
}
