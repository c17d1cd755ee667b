import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { LossConfig } from "../config/schema.ts";
import { createLoss, type Loss } from "./loss.ts";
import { EPSILON } from "./stockLosses.ts";

/** A number that has no logarithm although a loss needs it: the loss is NaN, or infinite at exactly −ε. */
export interface OutsideLogarithm {
  /** Whether the number is a target, a prediction, or one that a loss of the project's own computes from them. */
  readonly of: "target" | "prediction" | "number inside the loss";
  /** Its index in the batch, or in the tensor that the loss computes, counted row by row. */
  readonly index: number;
  readonly value: number;
}

type Find = (targets: ArrayLike<number>, predictions: ArrayLike<number>) => OutsideLogarithm | null;

const ofOwnLosses = new WeakMap<object, Find>();

/** Says how to find what a loss of the project's own takes the logarithm of, where its operations are known. */
export function noteLogarithms(loss: object, find: Find): void {
  ofOwnLosses.set(loss, find);
}

/** Lets a loss that wraps another one be asked for the logarithms of that one. */
export function shareLogarithms(from: object, to: object): void {
  const find = ofOwnLosses.get(from);
  if (find) ofOwnLosses.set(to, find);
}

/**
 * Finds the first number of a batch that is not above 0 after `epsilon` is added. Targets are checked before
 * predictions, in float32, as training computes it.
 *
 * @param targets row by row, as are the predictions.
 * @returns null for a loss without a logarithm, for a custom loss whose operations are not known, and if every number has
 * a logarithm.
 */
export function findOutsideLogarithm(
  config: LossConfig | Loss,
  targets: ArrayLike<number>,
  predictions: ArrayLike<number>,
): OutsideLogarithm | null {
  if (typeof config === "function") return ofOwnLosses.get(config)?.(targets, predictions) ?? null;
  const domain = domainOf(config);
  if (domain === null) return null;
  const epsilon = Math.fround(domain.epsilon);
  for (const of of domain.asks) {
    const values = of === "target" ? targets : predictions;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (Math.fround(value + epsilon) <= 0) return { of, index, value };
    }
  }
  return null;
}

/** What a named loss takes the logarithm of, and what it adds before. */
interface Domain {
  readonly asks: readonly ("target" | "prediction")[];
  readonly epsilon: number;
}

/** Returns null for a loss that takes no logarithm, or that clips what it takes the logarithm of. */
function domainOf(config: LossConfig): Domain | null {
  if (config.name === "msle" || config.name === "mse+msle")
    return { asks: ["target", "prediction"], epsilon: config.epsilon };
  return config.name === "poisson" ? { asks: ["prediction"], epsilon: EPSILON } : null;
}

/** Thrown when a loss needs the logarithm of a number that has none. */
export class LogarithmError extends RangeError {
  readonly code = "log-of-a-negative";
  readonly outside: OutsideLogarithm;

  constructor(config: LossConfig, outside: OutsideLogarithm) {
    const remedy =
      outside.of === "target"
        ? "map the targets into (0, 1], or take a loss without a logarithm"
        : "give the model an output that stays positive (sigmoid or softplus), or take a loss without a logarithm";
    super(
      `loss ${config.name}: every ${outside.of} must be above −epsilon, −${domainOf(config)?.epsilon}, to have a logarithm, got ${outside.value} at index ${outside.index}; ${remedy}`,
    );
    this.name = "LogarithmError";
    this.outside = outside;
  }
}

/**
 * Creates the loss that a config names, for direct use. In training a NaN ends the run and is recorded in the trace;
 * this loss throws instead. It reads both tensors back at every call.
 *
 * @throws {LogarithmError} from the loss: a target or a prediction has no logarithm.
 */
export function createCheckedLoss(config: LossConfig): Loss {
  const loss = createLoss(config);
  return (targets: Tensor, predictions: Tensor): Scalar => {
    const value = loss(targets, predictions);
    const outside = findOutsideLogarithm(config, targets.dataSync(), predictions.dataSync());
    if (!outside) return value;
    value.dispose();
    throw new LogarithmError(config, outside);
  };
}
