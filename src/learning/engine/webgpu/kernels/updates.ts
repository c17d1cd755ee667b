// Computes one optimizer step of one variable as one program, where the operations of TensorFlow.js take a dozen.
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type {
  AdamScalars,
  MomentumScalars,
  RmspropScalars,
  SgdScalars,
} from "../../../optimizer/optimizerUpdate.ts";
import type { QueuedBackend } from "../queuedBackend.ts";
import { GROUP, groupsFor } from "./workgroups.ts";

/** Weights, their gradient and the optimizer's moments, all of one shape, float32 and not empty. */
type Inputs<Name extends string> = Readonly<Record<"weights" | "gradient" | Name, TensorInfo>>;

/** Returns [weights, mean, meanSquare]. */
export function adam(backend: QueuedBackend, inputs: Inputs<"mean" | "meanSquare">, scalars: AdamScalars) {
  const { learningRate, beta1, beta2, correction1, correction2, epsilon } = scalars;
  return update(
    backend,
    "adam",
    inputs,
    ["mean", "meanSquare"],
    {
      rate: learningRate / correction1,
      beta1,
      rest1: 1 - beta1,
      beta2,
      rest2: 1 - beta2,
      scale: 1 / correction2,
      epsilon,
    },
    `let mean = n.beta1 * oldMean[i] + n.rest1 * g;
     let meanSquare = n.beta2 * oldMeanSquare[i] + n.rest2 * g * g;
     let step = n.rate * mean / (sqrt(meanSquare * n.scale) + n.epsilon);`,
  );
}

/** Returns [weights]. */
export function sgd(backend: QueuedBackend, inputs: Inputs<never>, { learningRate }: SgdScalars) {
  return update(backend, "sgd", inputs, [], { rate: learningRate }, "let step = n.rate * g;");
}

/** Returns [weights, velocity]. */
export function momentum(backend: QueuedBackend, inputs: Inputs<"velocity">, scalars: MomentumScalars) {
  return update(
    backend,
    "momentum",
    inputs,
    ["velocity"],
    { rate: scalars.learningRate, momentum: scalars.momentum },
    `let velocity = n.momentum * oldVelocity[i] + g;
     let step = n.rate * velocity;`,
  );
}

/** Returns [weights, meanSquare]. */
export function rmsprop(backend: QueuedBackend, inputs: Inputs<"meanSquare">, scalars: RmspropScalars) {
  const { learningRate, decay, epsilon } = scalars;
  return update(
    backend,
    "rmsprop",
    inputs,
    ["meanSquare"],
    { rate: learningRate, decay, rest: 1 - decay, epsilon },
    `let meanSquare = n.decay * oldMeanSquare[i] + n.rest * g * g;
     let step = n.rate * g / (sqrt(meanSquare) + n.epsilon);`,
  );
}

/**
 * Runs an update over all values of a variable. It changes nothing while the backend's flag is set.
 *
 * @param moments the moments' names in `inputs`, in the order of the results.
 * @param formula computes `step` and the new moments from the gradient `g`, the numbers `n` and the old moments.
 */
function update<Name extends string>(
  backend: QueuedBackend,
  name: string,
  inputs: Inputs<Name>,
  moments: readonly Name[],
  numbers: Readonly<Record<string, number>>,
  formula: string,
): TensorInfo[] {
  const { weights, gradient } = inputs;
  const outputs = [weights, ...moments].map(() => backend.makeTensorInfo(weights.shape, "float32"));
  const olds = moments.map((moment) => inputs[moment] as TensorInfo);
  const workgroups = groupsFor(weights.shape);
  const code = programOf(moments, Object.keys(numbers), formula);
  backend.compute(
    { key: `learnproof/${name}`, code, workgroups },
    outputs,
    [weights, gradient, ...olds, backend.stopFlag],
    Object.values(numbers),
  );
  backend.noteGuarded(outputs[0] as TensorInfo, weights);
  return outputs;
}

function programOf(moments: readonly string[], numbers: readonly string[], formula: string): string {
  const old = (moment: string) => `old${moment.charAt(0).toUpperCase()}${moment.slice(1)}`;
  const written = ["newWeights", ...moments.map((moment) => `${moment}Out`)];
  const read = ["weights", "gradient", ...moments.map(old)];
  const buffers = [
    ...written.map((buffer) => `var<storage, read_write> ${buffer}: array<f32>`),
    ...read.map((buffer) => `var<storage, read> ${buffer}: array<f32>`),
    "var<storage, read> flag: array<u32>",
    "var<uniform> n: Numbers",
  ];
  return `
    struct Numbers { ${numbers.map((number) => `${number}: f32`).join(", ")} }
    ${buffers.map((buffer, index) => `@group(0) @binding(${index}) ${buffer};`).join("\n")}
    @compute @workgroup_size(${GROUP})
    fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
      for (var i = id.x; i < arrayLength(&weights); i += groups.x * ${GROUP}u) {
        if (flag[0] != 0u) {
          newWeights[i] = weights[i];
          ${moments.map((moment) => `${moment}Out[i] = ${old(moment)}[i];`).join("\n")}
          continue;
        }
        let g = gradient[i];
        ${formula}
        newWeights[i] = weights[i] - step;
        ${moments.map((moment) => `${moment}Out[i] = ${moment};`).join("\n")}
      }
    }`;
}
