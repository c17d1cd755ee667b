// Callbacks of fit that change what is trained: those that end it early, and those that set the learning rate. Any other
// only looks on, or is code that no capture holds.

import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { EarlyStopping, Plateau } from "../../../config/schema.ts";
import { isTurnedRound } from "../../../training/monitor.ts";
import type { KerasObject } from "../capturedProgram.ts";
import type { Findings } from "../findings.ts";
import { kerasLoss } from "./lossName.ts";

/** What the callbacks of a program do to its training. */
export interface TranslatedCallbacks {
  readonly earlyStopping: EarlyStopping | null;
  readonly onPlateau: Plateau | null;
  /** The learning rate of each epoch; null where no callback sets it. */
  readonly rates: readonly number[] | null;
}

/** What a monitor's name is looked up in. */
export interface Watchable {
  /** The names of the metrics that were given to `compile`. */
  readonly metrics: readonly string[];
  /** The loss that was given to `compile`. */
  readonly loss: unknown;
}

/** Translates the callbacks; of two that do the same, the first counts. */
export function translateCallbacks(
  callbacks: readonly KerasObject[],
  watchable: Watchable,
  findings: Findings,
): TranslatedCallbacks {
  const settingsOf = (name: string) => {
    const [first, second] = callbacks.filter(({ class_name: one }) => one === name);
    if (second) findings.note("fit", "callbacks", `the first of several ${name} is run, and no other`);
    return isObject(first?.config) ? first.config : null;
  };
  const watched = (name: string): readonly [JsonObject, Watching] | null => {
    const settings = settingsOf(name);
    if (settings === null) return null;
    const monitor = monitorOf(settings, watchable);
    if (monitor !== null) return [settings, { monitor, ...modeOf(settings) }];
    findings.note(
      "fit",
      "callbacks",
      `${name} is not run, since its monitor ${settings.monitor} is not measured`,
    );
    return null;
  };
  const stopping = watched("EarlyStopping");
  const kept = stopping === null && isLoadedBack(settingsOf(CHECKPOINT)) ? watched(CHECKPOINT) : null;
  const plateau = watched("ReduceLROnPlateau");
  const [setter, second] = rateSetters(callbacks);
  if (second)
    findings.note("fit", "callbacks", "the first of several that set the rate is run, and no other");
  return {
    earlyStopping: stopping ? stoppingOf(...stopping) : kept && keepingOf(kept[1]),
    onPlateau: plateau && plateauOf(...plateau),
    rates: setter ? setter.rates : null,
  };
}

/** The callbacks that set the learning rate of each epoch, be they Keras's or of the script's own code. */
export function rateSetters(
  callbacks: readonly KerasObject[],
): readonly { readonly name: string; readonly rates: readonly number[] }[] {
  return callbacks.flatMap(({ class_name: name, config }) => {
    const rates = isObject(config) ? config.rates : null;
    return Array.isArray(rates) && rates.every(Number.isFinite) ? [{ name, rates: rates as number[] }] : [];
  });
}

const CHECKPOINT = "ModelCheckpoint";
/** So many epochs without an improvement never come to be: nothing ends training. */
const NEVER = 1_000_000;

/** Whether the script loads what a callback saved of its best epoch once it is trained. */
function isLoadedBack(settings: JsonObject | null): boolean {
  return settings?.save_best_only === true && settings.loadedBack === true;
}

/**
 * The weights of an epoch that are saved as its best and loaded again are those that early stopping would restore. Only where
 * the worst is taken for the best does it matter here, since the last epoch of a run that goes well is close to its best.
 */
function keepingOf(watching: Watching): EarlyStopping | null {
  if (!isTurnedRound(watching)) return null;
  return { ...watching, patience: NEVER, minDelta: 0, restoreBest: true };
}

type Watching = Pick<EarlyStopping, "monitor" | "mode">;

function stoppingOf(settings: JsonObject, watching: Watching): EarlyStopping {
  const {
    patience,
    min_delta: delta,
    restore_best_weights: restores,
    baseline,
    start_from_epoch: start,
  } = settings;
  return {
    ...watching,
    // Keras never stops after the first epoch, so that a patience of 0 is one of 1.
    patience: Math.max(1, Math.round(numberOr(patience, 0))),
    minDelta: Math.abs(numberOr(delta, 0)),
    restoreBest: restores === true,
    ...(typeof baseline === "number" && { baseline }),
    ...(numberOr(start, 0) > 0 && { startFrom: Math.round(numberOr(start, 0)) }),
  };
}

function plateauOf(settings: JsonObject, watching: Watching): Plateau {
  const { factor, patience, min_delta: delta, cooldown, min_lr: least } = settings;
  return {
    ...watching,
    factor: Math.max(LEAST_FACTOR, numberOr(factor, 0.1)),
    patience: Math.max(1, Math.round(numberOr(patience, 10))),
    minDelta: Math.abs(numberOr(delta, 1e-4)),
    ...(numberOr(cooldown, 0) > 0 && { cooldown: Math.round(numberOr(cooldown, 0)) }),
    ...(numberOr(least, 0) > 0 && { leastRate: numberOr(least, 0) }),
  };
}

/** A factor of 0 ends learning as one of nearly 0 does. */
const LEAST_FACTOR = 1e-12;

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** A word such as `auto` is left to the kind of the monitor. */
function modeOf({ mode }: JsonObject): Pick<EarlyStopping, "mode"> {
  return mode === "min" || mode === "max" ? { mode } : {};
}

const ACCURACY = /^(acc|accuracy|(binary|categorical|sparse_categorical)_accuracy)$/;

/** Keras does nothing where the monitored number is not measured. */
function monitorOf({ monitor }: JsonObject, { metrics, loss }: Watchable): EarlyStopping["monitor"] | null {
  const name = String(monitor ?? "val_loss");
  const isHeldOut = name.startsWith("val_");
  const measured = isHeldOut ? name.slice(4) : name;
  const known = metrics.map(snake);
  const own = typeof loss === "string" ? kerasLoss(loss) : null;
  const isLoss = own !== null && kerasLoss(measured) === own && known.some((one) => kerasLoss(one) === own);
  if (measured === "loss" || isLoss) return isHeldOut ? "heldOutLoss" : "loss";
  if (!ACCURACY.test(measured) || !known.includes(measured)) return null;
  return isHeldOut ? "heldOutAccuracy" : "accuracy";
}

/** Keras names what a metric's class measures in small letters: `BinaryAccuracy` is binary_accuracy. */
function snake(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
