import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import { numberIn } from "../arguments/argument.ts";
import type { KerasObject } from "../capturedProgram.ts";
import type { Findings } from "../findings.ts";
import { translateRate } from "./translateSchedule.ts";

/** An optimizer as a config's `training.optimizer` has it. */
export type TranslatedOptimizer = { readonly name: string } & JsonObject;

/** The version of Keras, on which the formulas of some optimizers depend. */
export type Version = readonly [major: number, minor: number];

/** Reads the settings that only one optimizer has. */
type Settings = (config: JsonObject, version: Version) => JsonObject;

/** The optimizers with a counterpart, by Keras's names in lower case. */
const OPTIMIZERS: Readonly<Record<string, Settings>> = {
  sgd: ({ momentum, nesterov }) => {
    const share = numberIn(momentum) ?? 0;
    if (share === 0) return { name: "sgd" };
    return { name: "momentum", momentum: share, ...(nesterov === true && { nesterov: true }) };
  },
  adam: (config) => ({ name: "adam", ...moments(config), ...adam(config) }),
  adamw: (config) => ({ name: "adam", ...moments(config), ...adam(config) }),
  adamax: (config) => ({ name: "adamax", ...moments(config) }),
  nadam: (config) => {
    // Keras 1 and 2 say how fast the momentum rises by a power of 0.96.
    const power = numberIn(config.schedule_decay);
    return { name: "nadam", ...moments(config), ...(power !== null && { momentumDecay: 0.96 ** power }) };
  },
  rmsprop: (config, version) => ({
    name: "rmsprop",
    decay: numberIn(config.rho) ?? 0.9,
    epsilon: epsilonOf(config),
    ...insideRoot(version),
    ...((numberIn(config.momentum) ?? 0) > 0 && { momentum: config.momentum }),
    ...(config.centered === true && { centered: true }),
  }),
  adagrad: (config, version) => ({
    name: "adagrad",
    // Keras 1 and 2 without TensorFlow begin at 0, and have no argument for it.
    initialAccumulator: numberIn(config.initial_accumulator_value) ?? ("lr" in config ? 0 : 0.1),
    epsilon: epsilonOf(config),
    ...insideRoot(version),
  }),
  adadelta: (config) => ({
    name: "adadelta",
    decay: numberIn(config.rho) ?? 0.95,
    epsilon: epsilonOf(config),
  }),
  lion: (config) => ({
    name: "lion",
    beta1: numberIn(config.beta_1) ?? 0.9,
    beta2: numberIn(config.beta_2) ?? 0.99,
  }),
  ftrl: (config) => ({
    name: "ftrl",
    initialAccumulator: numberIn(config.initial_accumulator_value) ?? 0.1,
    power: numberIn(config.learning_rate_power) ?? -0.5,
    l1: numberIn(config.l1_regularization_strength) ?? 0,
    l2: numberIn(config.l2_regularization_strength) ?? 0,
    shrinkage: numberIn(config.l2_shrinkage_regularization_strength) ?? 0,
    beta: numberIn(config.beta) ?? 0,
  }),
  adafactor: (config) => ({
    name: "adafactor",
    decayPower: numberIn(config.beta_2_decay) ?? -0.8,
    epsilon: numberIn(config.epsilon_1) ?? 1e-30,
    smallestSize: numberIn(config.epsilon_2) ?? 1e-3,
    clipThreshold: numberIn(config.clip_threshold) ?? 1,
  }),
  lamb: (config) => ({ name: "lamb", ...moments(config) }),
  muon: (config) => ({
    name: "muon",
    beta1: numberIn(config.adam_beta_1) ?? 0.9,
    beta2: numberIn(config.adam_beta_2) ?? 0.999,
    epsilon: epsilonOf(config),
    momentum: numberIn(config.momentum) ?? 0.95,
    nesterov: config.nesterov !== false,
    rounds: numberIn(config.ns_steps) ?? 5,
    a: numberIn(config.muon_a) ?? 3.4445,
    b: numberIn(config.muon_b) ?? -4.775,
    c: numberIn(config.muon_c) ?? 2.0315,
    rmsRate: config.rms_rate === null ? null : (numberIn(config.rms_rate) ?? 0.2),
    adamForTables: config.exclude_embeddings !== false,
  }),
};

/** Optimizers that are refused for a reason of their own. */
const REFUSED: Readonly<Record<string, string>> = {
  ScheduleFreeAdamW:
    "has no counterpart: in fit, ScheduleFreeAdamW of Keras 3 begins at weights of 0 in place of the model's own, and throws these away at its first step; take AdamW",
};

/** Settings of Muon that have no counterpart, with what to do in their place. */
function refuseSettings(kind: string, config: JsonObject, findings: Findings): void {
  if (kind.toLowerCase() !== "muon") return;
  const refuse = (setting: string, rule: string) => findings.refuse("compile", `optimizer ${setting}`, rule);
  if (Array.isArray(config.exclude_layers) && config.exclude_layers.length > 0)
    refuse("exclude_layers", "has no counterpart; leave it out");
  if ((numberIn(config.adam_lr_ratio) ?? 1) !== 1) refuse("adam_lr_ratio", "has no counterpart; take 1");
  if ((numberIn(config.adam_weight_decay) ?? 0) !== (numberIn(config.weight_decay) ?? 0))
    refuse("adam_weight_decay", "has no counterpart where it is another than weight_decay; take the same");
}

/** The optimizers that are covered, as Keras names their classes. */
export const optimizerNames: readonly string[] = [
  "SGD",
  "Adam",
  "AdamW",
  "Adamax",
  "Nadam",
  "RMSprop",
  "Adagrad",
  "Adadelta",
  "Lion",
  "Ftrl",
  "Adafactor",
  "Lamb",
  "Muon",
];

function moments(config: JsonObject): JsonObject {
  return {
    beta1: numberIn(config.beta_1) ?? 0.9,
    beta2: numberIn(config.beta_2) ?? 0.999,
    epsilon: epsilonOf(config),
  };
}

/** Keras adds ε to the mean square before the correction of its bias, and so a larger ε in the first steps. */
function adam({ amsgrad }: JsonObject): JsonObject {
  return { epsilonPlace: "beforeCorrection", ...(amsgrad === true && { amsgrad: true }) };
}

function epsilonOf({ epsilon }: JsonObject): number {
  return numberIn(epsilon) ?? 1e-7;
}

/** Since Keras 2.11 ε is added inside the square root. */
function insideRoot([major, minor]: Version): JsonObject {
  return major > 2 || (major === 2 && minor >= 11) ? { epsilonPlace: "insideRoot" } : {};
}

/** How many batches an optimizer adds up before it changes the weights. */
export function accumulatedBatches(written: KerasObject | string | null | undefined): number {
  const { kind, config } = partsOf(written ?? "rmsprop");
  if (kind === "LossScaleOptimizer" && isObject(config.inner_optimizer))
    return accumulatedBatches(config.inner_optimizer as unknown as KerasObject);
  return numberIn(config.gradient_accumulation_steps) ?? 1;
}

/**
 * Translates an optimizer.
 *
 * @param isLoop whether the program trains in a loop of its own, which no fit ends. @defaultValue false
 * @returns null where it has no counterpart, which the findings then say.
 */
export function translateOptimizer(
  written: KerasObject | string | null | undefined,
  version: Version,
  findings: Findings,
  isLoop = false,
): TranslatedOptimizer | null {
  const { kind, config } = partsOf(written ?? "rmsprop");
  if (kind === "LossScaleOptimizer" && isObject(config.inner_optimizer))
    return translateOptimizer(config.inner_optimizer as unknown as KerasObject, version, findings, isLoop);
  const settings = OPTIMIZERS[kind.toLowerCase()];
  if (settings === undefined) {
    findings.refuse(
      "compile",
      "optimizer",
      REFUSED[kind] ?? `${kind} has no counterpart; take one of ${optimizerNames.join(", ")}`,
    );
    return null;
  }
  refuseSettings(kind, config, findings);
  const rate = translateRate(config.learning_rate ?? config.lr, findings);
  const own = settings(config, version) as TranslatedOptimizer;
  return {
    ...own,
    ...rate,
    ...legacyDecay(config),
    ...gradientSettings(config),
    ...averaging(config, isLoop),
  };
}

/** Keras 1 and 2 divide the learning rate by 1 + decay · updates. */
function legacyDecay({ decay }: JsonObject): JsonObject {
  const share = numberIn(decay) ?? 0;
  return share > 0 ? { schedule: { name: "inverseTime", decayRate: share, decaySteps: 1 } } : {};
}

/** Keras gives the weights their moving averages at the end of fit, which a loop has not, and where it is told to in between. */
function averaging(config: JsonObject, isLoop: boolean): JsonObject {
  const every = numberIn(config.ema_overwrite_frequency);
  if (config.use_ema !== true || (isLoop && every === null)) return {};
  return {
    averaging: { momentum: numberIn(config.ema_momentum) ?? 0.99, ...(every !== null && { every }) },
  };
}

/** Keras clips by one of the three only, the first that is given; weight decay is decoupled in all its optimizers. */
function gradientSettings(config: JsonObject): JsonObject {
  const decay = numberIn(config.weight_decay) ?? 0;
  const clips = [
    ["clipNorm", numberIn(config.clipnorm)],
    ["globalClipNorm", numberIn(config.global_clipnorm)],
    ["clipValue", numberIn(config.clipvalue)],
  ] as const;
  const clip = clips.find(([, limit]) => limit !== null && limit > 0);
  return { ...(decay > 0 && { decoupledWeightDecay: decay }), ...(clip && { [clip[0]]: clip[1] }) };
}

function partsOf(written: KerasObject | string): { readonly kind: string; readonly config: JsonObject } {
  if (typeof written === "string") return { kind: written, config: {} };
  return {
    kind: written.class_name.replace(/^.*[.>]/, ""),
    config: isObject(written.config) ? written.config : {},
  };
}
