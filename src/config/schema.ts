import { z } from "zod";
import { boxData, boxModel } from "./boxSchema.ts";
import { denseData, denseModel } from "./denseSchema.ts";
import { wholeNumber } from "./numbers.ts";
import { thresholds, training } from "./trainingSchema.ts";

/** Seeds start at 1 (a falsy seed is no seed to TensorFlow.js) and fit a signed 32-bit integer. */
export const LARGEST_SEED = 2_147_483_647;

const seed = wholeNumber(1, LARGEST_SEED).default(1);
const recipe = { training: training.prefault({}), thresholds: thresholds.prefault({}) };

const subjects = z.discriminatedUnion(
  "subject",
  [
    z.strictObject({
      subject: z.literal("box-regression"),
      seed,
      model: boxModel.prefault({}),
      data: boxData.prefault({}),
      ...recipe,
    }),
    z.strictObject({
      subject: z.literal("dense"),
      seed,
      model: denseModel.prefault({}),
      data: denseData.prefault({}),
      ...recipe,
    }),
  ],
  { error: 'must be "box-regression" or "dense", the built-in subjects' },
);

/** A config that names no subject means the one of the mission. */
function nameSubject(input: unknown): unknown {
  return typeof input === "object" && input !== null && !Array.isArray(input) && !("subject" in input)
    ? { subject: "box-regression", ...input }
    : input;
}

/** A run as it may be written: what is trained, on what, how, and from which seed. */
export const configSchema = z.preprocess(nameSubject, subjects);

export type WrittenTraining = z.output<typeof training>;
/** How a model is trained, the length of the run in steps. */
export type TrainingConfig = Omit<WrittenTraining, "steps" | "epochs"> & { steps: number };
export type LossConfig = TrainingConfig["loss"];
export type OptimizerConfig = TrainingConfig["optimizer"];
export type Thresholds = z.output<typeof thresholds>;

interface Recipe {
  seed: number;
  training: TrainingConfig;
  thresholds: Thresholds;
}

export type BoxModelConfig = z.output<typeof boxModel>;
export type BoxDataConfig = z.output<typeof boxData>;
export type DenseModelConfig = z.output<typeof denseModel>;
export type DenseDataConfig = z.output<typeof denseData>;

export type BoxConfig = Recipe & { subject: "box-regression"; model: BoxModelConfig; data: BoxDataConfig };
export type DenseConfig = Recipe & { subject: "dense"; model: DenseModelConfig; data: DenseDataConfig };

/** A run, whole: every default filled in. */
export type Config = BoxConfig | DenseConfig;
/** What the built-in networks have in common. */
export type NetworkConfig = Pick<
  BoxModelConfig,
  "outputActivation" | "kernelInitializer" | "useBias" | "batchNorm" | "dropout" | "l2"
>;
