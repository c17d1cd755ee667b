import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import { lossNames } from "../../../config/trainingSchema.ts";
import type { WrittenLoss } from "../../../subject/own/ownLoss.ts";
import { unknownOperations } from "../../traced/runGraph.ts";
import type { TracedGraph } from "../../traced/tracedGraph.ts";
import { tracedLoss } from "../../traced/tracedLoss.ts";
import type { Findings } from "../findings.ts";
import { kerasLoss, knownLosses } from "./lossName.ts";

/** A loss in the form of a config. */
export interface TranslatedLoss {
  /** As a config's `training.loss` has it; that of the mean squared error where the loss is a function. */
  readonly config: { readonly name: string } & Readonly<Record<string, unknown>>;
  /** Whether the targets are class numbers, which are made one-hot. */
  readonly isSparse: boolean;
  /**
   * Makes the loss that the program wrote in Python; undefined for those of Keras.
   *
   * @param areOneHot whether targets that it takes as class numbers are one-hot here.
   */
  readonly own?: (areOneHot: boolean) => WrittenLoss;
  /** Whether Keras adds up its numbers: steps that a mask hides are then left out, and no others make up for them. @defaultValue false */
  readonly adds?: boolean;
  /** Whether it leaves out targets that are NaN. @defaultValue false */
  readonly leavesGapsOut?: boolean;
}

/** Names in a config of the losses that Keras computes by the same formula. */
const OURS: Readonly<Record<string, string>> = {
  mean_squared_error: "mse",
  mean_absolute_error: "mae",
  mean_absolute_percentage_error: "meanAbsolutePercentageError",
  mean_squared_logarithmic_error: "meanSquaredLogarithmicError",
  huber: "huber",
  log_cosh: "logcosh",
  binary_crossentropy: "binaryCrossentropy",
  categorical_crossentropy: "categoricalCrossentropy",
  sparse_categorical_crossentropy: "categoricalCrossentropy",
  hinge: "hinge",
  squared_hinge: "squaredHinge",
  categorical_hinge: "categoricalHinge",
  kl_divergence: "kullbackLeiblerDivergence",
  poisson: "poisson",
  cosine_similarity: "cosineProximity",
};

/** The losses that are translated, by the names of Keras's functions. */
export const translatedLosses: readonly string[] = Object.keys(OURS);

/** How a loss averages; the first ones all mean over every number. */
const AVERAGES: readonly unknown[] = ["sum_over_batch_size", "auto", "mean", undefined];

/** The function whose logits a loss takes where TensorFlow computes it. */
const WANTS_LOGITS: Readonly<Record<string, "softmax" | "sigmoid">> = {
  categorical_crossentropy: "softmax",
  sparse_categorical_crossentropy: "softmax",
  binary_crossentropy: "sigmoid",
};

/**
 * Translates the loss of one output.
 *
 * @param output name of the output for messages, such as `loss`.
 * @param behind the function behind which Keras finds logits, so that it clips no probability.
 * @returns null where it has no counterpart, which the findings then say.
 */
export function translateLoss(
  written: unknown,
  output: string,
  findings: Findings,
  behind: "softmax" | "sigmoid" | null = null,
): TranslatedLoss | null {
  const refuse = (rule: string) => {
    findings.refuse("compile", output, rule);
    return null;
  };
  if (written === null || written === undefined)
    return refuse('must be given; name a loss in compile, such as loss="mse"');
  const { name, config } = partsOf(written);
  if (name === TRACED) return translateTraced(config, refuse);
  const keras = kerasLoss(name);
  if (keras === null) return refuse(reasonAgainst(name, config.name));
  const ours = OURS[keras];
  if (ours === undefined || !(lossNames as readonly string[]).includes(ours))
    return refuse(`${name} has no counterpart; take one of ${Object.keys(OURS).join(", ")}`);
  if (!AVERAGES.includes(config.reduction))
    return refuse(
      `has reduction=${JSON.stringify(config.reduction)}, which has no counterpart; take reduction="sum_over_batch_size"`,
    );
  return {
    config: { name: ours, ...settingsOf(keras, config, behind) },
    isSparse: keras === "sparse_categorical_crossentropy",
  };
}

/** The class under which the capture writes a loss of the program's own, by the operations that it is made of. */
const TRACED = "TracedLoss";

function translateTraced(config: JsonObject, refuse: (rule: string) => null): TranslatedLoss | null {
  const { name, graph, why, is_sparse: isSparse, adds, leaves_gaps_out: leavesGapsOut } = config;
  const which = `is ${typeof name === "string" ? name : "a lambda"}, a loss that the program wrote in Python`;
  if (!isObject(graph))
    return refuse(`${which}, and it ${String(why ?? "was not traced")}; take a loss of keras.losses`);
  const traced = graph as unknown as TracedGraph;
  const unknown = unknownOperations(traced);
  if (unknown.length > 0)
    return refuse(`${which}, with ${unknown.join(", ")}, which has no counterpart; write it without`);
  return {
    config: { name: "mse" },
    isSparse: isSparse === true,
    ...(adds === true && { adds }),
    ...(leavesGapsOut === true && { leavesGapsOut }),
    own: (areOneHot) => tracedLoss(traced, areOneHot, typeof name === "string" ? name : "", adds === true),
  };
}

function reasonAgainst(name: string, own: unknown): string {
  return name === "function" || name === "__lambda__"
    ? `is ${typeof own === "string" ? own : "a lambda"}, a Python function of the program, whose code is not run; take a loss of keras.losses`
    : `${name} is no loss of Keras that learnproof knows, and a program's own code is not run; take one of ${knownLosses.join(", ")}`;
}

function settingsOf(keras: string, config: JsonObject, behind: "softmax" | "sigmoid" | null): JsonObject {
  const { delta, from_logits: fromLogits, label_smoothing: labelSmoothing } = config;
  const isCrossentropy = keras.endsWith("crossentropy");
  return {
    ...(keras === "huber" && { delta: delta ?? 1 }),
    ...(isCrossentropy && fromLogits === true && { fromLogits }),
    ...(behind !== null && WANTS_LOGITS[keras] === behind && fromLogits !== true && { clipped: false }),
    ...(isCrossentropy && typeof labelSmoothing === "number" && labelSmoothing > 0 && { labelSmoothing }),
  };
}

/** Reads a loss: a name, a function or a class with its settings. */
function partsOf(written: unknown): { readonly name: string; readonly config: JsonObject } {
  if (!isObject(written)) return { name: String(written), config: {} };
  const { class_name: kind, config } = written;
  if (kind === "function" && typeof config === "string") return { name: config, config: {} };
  const fields = isObject(config) ? config : {};
  // A loss that wraps a function is named by the function.
  const name = kind === "LossFunctionWrapper" ? (fields.fn ?? fields.name) : kind;
  return { name: String(name), config: fields };
}
