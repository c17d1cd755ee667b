import { STEPS_TOO_LARGE, STEPS_TOO_SMALL, sequence, sequenceData } from "../makeMutation.ts";
import type { Mutation } from "../mutation.ts";

const TOO_MUCH = ["too-much-regularisation"] as const;
const OUT_OF_REACH = ["wrong-output-activation", "saturated-outputs", "dead-relu-units"] as const;
const HARD_TO_REMEMBER = ["vanishing-gradients", "blind-network", ...STEPS_TOO_SMALL] as const;

/** The operators of DeepCrime and of the Deep4ge set that change a recurrent network itself. */
export const recurrentMutations: readonly Mutation[] = [
  sequence(
    "recurrent: sigmoid cells",
    ["vanishing-gradients", "saturated-units", ...STEPS_TOO_SMALL],
    () => ({
      activation: "sigmoid",
    }),
  ),
  sequence("recurrent: relu cells", STEPS_TOO_LARGE, () => ({ activation: "relu" })),
  sequence("recurrent: linear cells", ["missing-nonlinearity", ...STEPS_TOO_LARGE], () => ({
    activation: "linear",
  })),
  sequence("recurrent: kernels of zeros", ["symmetric-initialisation"], () => ({
    kernelInitializer: "zeros",
    recurrentDeviation: 0,
  })),
  sequence("recurrent: kernels of ones", ["symmetric-initialisation", "initial-weights-too-large"], () => ({
    kernelInitializer: "ones",
    recurrentDeviation: 0,
  })),
  sequence(
    "recurrent: recurrent weights of 10",
    ["initial-weights-too-large", "saturated-units", "exploding-gradients"],
    () => ({ recurrentDeviation: 10 }),
  ),
  sequence("recurrent: recurrent weights of 0", HARD_TO_REMEMBER, () => ({ recurrentDeviation: 0 })),
  sequence("recurrent: one unit", ["too-little-capacity", ...STEPS_TOO_SMALL], () => ({ units: 1 })),
  sequence("recurrent: simple cells for gates", HARD_TO_REMEMBER, ({ cell }) =>
    cell === "simpleRNN" ? null : { cell: "simpleRNN" },
  ),
  sequence("recurrent: four layers", [...HARD_TO_REMEMBER, "overfitting"], () => ({ depth: 4 })),
  sequence("recurrent: dropout of 0.9", TOO_MUCH, () => ({ dropout: 0.9 })),
  sequence("recurrent: recurrent dropout of 0.9", TOO_MUCH, () => ({ recurrentDropout: 0.9 })),
  sequence("recurrent: L2 of 1", TOO_MUCH, () => ({ l2: 1 })),
  sequence("recurrent: L2 of 10", TOO_MUCH, () => ({ l2: 10 })),
  sequence("recurrent: L2 of 0.1", TOO_MUCH, () => ({ l2: 0.1 })),
  sequence("recurrent: relu output", OUT_OF_REACH, ({ outputActivation }) =>
    outputActivation === "linear" ? { outputActivation: "relu" } : null,
  ),
  sequence("recurrent: sigmoid output", OUT_OF_REACH, ({ outputActivation }) =>
    outputActivation === "linear" ? { outputActivation: "sigmoid" } : null,
  ),
  sequence("recurrent: softmax output", ["wrong-output-activation"], ({ outputActivation }) =>
    outputActivation === "softmax" ? null : { outputActivation: "softmax" },
  ),
  sequence("recurrent: linear output of classes", ["wrong-output-activation", "wrong-loss"], (model) =>
    model.outputActivation === "linear" ? null : { outputActivation: "linear" },
  ),
  sequence("recurrent: an embedding of one number", ["too-little-capacity"], (_, { name }) =>
    name === "sequences-opinion" ? { embedding: 1 } : null,
  ),
  sequenceData("recurrent: forty zeros behind", HARD_TO_REMEMBER, { padding: 40 }),
  sequenceData("recurrent: eight times as long", [...HARD_TO_REMEMBER, "overfitting"], { length: 56 }),
];
