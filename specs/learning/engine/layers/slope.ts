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
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
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

/** Measures the slope on the running engine. */
export async function slopeOf(entry: LayerClass): Promise<Slope> {
  const disposeModel = noteVariables();
  const model = entry.build();
  try {
    seedWeights(model, 7);
    return measure(model, entry);
  } finally {
    disposeModel(model);
  }
}

function measure(model: LayersModel, entry: LayerClass): Slope {
  const variables = trainableVariables(model);
  const random = seedStream(5, entry.name);
  const uniform = (size: number) => Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
  const size = BATCH * entry.shape.reduce((product, side) => product * side, 1);
  const { below } = entry;
  const inputs =
    below === undefined ? uniform(size) : Float32Array.from({ length: size }, () => random.below(below));
  const targets = uniform(BATCH);
  const directions = variables.map((variable) => uniform(variable.size));
  const forward = planForward(model);
  const loss = () =>
    mean(
      square(
        sub(
          forward([tensor(inputs, [BATCH, ...entry.shape])], entry.draws !== true)[0] as Tensor,
          tensor(targets, [BATCH, 1]),
        ),
      ),
    ) as Scalar;
  const lossAt = (far: number) => {
    move(variables, directions, far);
    const value = tidy(() => loss().dataSync()[0] as number);
    move(variables, directions, -far);
    return value;
  };
  let [along, length] = [0, 0];
  tidy(() => {
    const { grads } = variableGrads(loss, variables);
    variables.forEach(({ name }, index) => {
      grads[name]?.dataSync().forEach((value, at) => {
        along += value * ((directions[index] as Float32Array)[at] as number);
        length += Math.abs(value);
      });
    });
  });
  return { gradient: along, quotient: (lossAt(STEP) - lossAt(-STEP)) / (2 * STEP), size: length };
}

function move(variables: readonly Variable[], directions: readonly Float32Array[], far: number): void {
  variables.forEach((variable, index) => {
    tidy(() => {
      const direction = directions[index] as Float32Array;
      const values = variable.dataSync().map((value, at) => value + far * (direction[at] as number));
      variable.assign(tensor(values as Float32Array, variable.shape));
    });
  });
}

/** Whether both slopes are the same, to 1 % of the sum of the gradients. */
export function slopesAgree({ gradient, quotient, size }: Slope): boolean {
  return size > 0 && Math.abs(gradient - quotient) < 0.01 * size;
}
