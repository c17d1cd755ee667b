import { InputError } from "../../foundation/input/inputError.ts";
import { mostWeights } from "../../foundation/input/rules.ts";
import type { BuiltInConfig, OptimizerConfig, TableConfig, TrainingConfig } from "./schema.ts";

/** Examples are kept as float32, at most 1 GiB. More is refused, because the process would crash. */
const MOST_NUMBERS = 2 ** 28;
/** A larger batch does not fit into the 4 GiB that a WebAssembly memory can address, with room for fragmentation. */
const MOST_STEP_BYTES = 3 * 1024 ** 3;
const BYTES = 4;

/**
 * The number of tensors, each as large as all weights, at the peak of a step, fragmentation included. It is rounded up
 * from the WebAssembly memory measured after three steps of a network of 9 million weights, nearly all of them in one
 * layer.
 */
const COPIES_OF_A_WEIGHT: Readonly<Record<OptimizerConfig["name"], number>> = {
  sgd: 6,
  momentum: 9,
  rmsprop: 9,
  adam: 11,
  adagrad: 15,
  adamax: 21,
  adadelta: 27,
  nadam: 27,
  lion: 21,
  adafactor: 36,
  ftrl: 48,
  lamb: 30,
  muon: 36,
};
/** A variant of an optimizer, such as Nesterov's or a centred one, has no kernel of its own and needs as many as Nadam. */
const COPIES_OF_A_VARIANT = 27;
/** Weight decay, and a penalty on the weights, each need two more such tensors: a product and a sum. */
const COPIES_OF_A_PENALTY = 2;
/** A moving average is kept, and made anew beside the old one. */
const COPIES_OF_AN_AVERAGE = 6;
/** Clipping keeps the clipped gradients beside the others, and squares them. */
const COPIES_OF_CLIPPING = 4;

/** The properties of a network that determine how much memory it needs. */
export interface Footprint {
  /** Trainable weights of the network. */
  readonly weights: number;
  /** Numbers in the outputs of all layers for one example. */
  readonly activations: number;
  /** Whether the layers have an activation other than relu. */
  readonly nonlinear: boolean;
  readonly batchNorm: boolean;
  /** Whether its weights have an L2 penalty. */
  readonly penalised: boolean;
  /** The config field that sets the network's width, and its value. */
  readonly widthField: string;
  readonly width: unknown;
}

/** The number of examples, and whether a standardised copy of them is made. */
interface ExampleCount {
  readonly examples: number;
  readonly heldOut: number;
  readonly standardiseInputs?: boolean;
  readonly standardiseTargets?: boolean;
}

/**
 * Checks that a run's examples and one training step fit in memory.
 *
 * @param numbersOfExample numbers in one input and one target together.
 * @throws {InputError} when a run would not fit in memory.
 */
export function checkMemory(
  { data, training }: BuiltInConfig | TableConfig,
  numbersOfExample: number,
  footprint: Footprint,
): void {
  checkExamples(data, numbersOfExample);
  checkStep(training, data.examples, footprint);
}

/**
 * Checks that the examples fit in memory, with the second copy that standardising makes. @throws {InputError} when they
 * do not fit.
 */
export function checkExamples(data: ExampleCount, numbersOfExample: number): void {
  const { examples, heldOut, standardiseInputs = false, standardiseTargets = false } = data;
  const copies = standardiseInputs || standardiseTargets ? 2 : 1;
  const most = Math.floor(MOST_NUMBERS / (numbersOfExample * copies));
  if (examples + heldOut <= most) return;
  throw new InputError({
    code: "too-large",
    field: examples >= heldOut ? "data.examples" : "data.heldOut",
    message: `must leave inputs and targets (of examples and heldOut together${copies > 1 ? ", twice to bring them to scale" : ""}) within 1 GiB, ${most} examples of this size; lower it`,
    got: Math.max(examples, heldOut),
  });
}

/** Checks that one training step of a network fits in memory. @throws {InputError} when it does not fit. */
export function checkStep(
  { batchSize, optimizer }: Pick<TrainingConfig, "batchSize" | "optimizer">,
  examples: number,
  footprint: Footprint,
): void {
  const { weights, widthField: field } = footprint;
  const bytesOfWeight = BYTES * copiesOfAWeight(optimizer, footprint);
  const most = Math.min(mostWeights, Math.floor(MOST_STEP_BYTES / bytesOfWeight));
  const bytesOfExample = footprint.activations * copiesOfAnActivation(footprint) * BYTES;
  const mostExamples = Math.floor((MOST_STEP_BYTES - weights * bytesOfWeight) / bytesOfExample);
  if (weights > most || mostExamples < 1)
    throw new InputError({
      code: "too-large",
      field,
      message: `must, with the other layers, leave the network at most ${most} weights under ${optimizer.name} (this one has ${weights}) and room for an example; make it narrower${most < mostWeights ? ", or take another optimizer" : ""}`,
      got: footprint.width,
    });
  if (Math.min(batchSize, examples) > mostExamples)
    throw new InputError({
      code: "too-large",
      field: "training.batchSize",
      message: `must leave a training step within ${MOST_STEP_BYTES / 1024 ** 3} GiB, ${mostExamples} examples for this network; lower it or make the network narrower`,
      got: batchSize,
    });
}

function copiesOfAWeight(optimizer: OptimizerConfig, { penalised }: Footprint): number {
  const { name, weightDecay, decoupledWeightDecay = 0, clipNorm, globalClipNorm, clipValue } = optimizer;
  const averages = optimizer.averaging ? COPIES_OF_AN_AVERAGE : 0;
  const penalties = [weightDecay > 0, decoupledWeightDecay > 0, penalised].filter(Boolean).length;
  const clips = (clipNorm ?? globalClipNorm ?? clipValue) !== undefined;
  return (
    (isVariant(optimizer) ? COPIES_OF_A_VARIANT : COPIES_OF_A_WEIGHT[name]) +
    averages +
    penalties * COPIES_OF_A_PENALTY +
    (clips ? COPIES_OF_CLIPPING : 0)
  );
}

function isVariant(optimizer: OptimizerConfig): boolean {
  switch (optimizer.name) {
    case "adam":
      return optimizer.amsgrad === true;
    case "momentum":
      return optimizer.nesterov === true || (optimizer.schedule ?? optimizer.onPlateau) !== undefined;
    case "rmsprop":
      return (
        optimizer.centered === true ||
        (optimizer.momentum ?? 0) > 0 ||
        optimizer.epsilonPlace === "insideRoot"
      );
    default:
      return false;
  }
}

/**
 * The number of tensors, for each layer, as large as its output at the peak of a forward and backward pass: measured as
 * 4 with relu or no activation, up to 5.4 with another activation, 20 with batch normalisation.
 */
function copiesOfAnActivation({ batchNorm, nonlinear }: Footprint): number {
  if (batchNorm) return 20;
  return nonlinear ? 6 : 4;
}
