// What one layer looks like after a run: how its weights began, how far they moved, and how its units answer.

import { distance, norm } from "../../foundation/numbers/statistics.ts";
import type { LayerWeights } from "./layerWeights.ts";
import type { UnitActivity } from "./unitActivity.ts";

/** What one layer looks like after a run. */
export interface LayerSurvey {
  readonly layer: string;
  /** Whether training updates any of the layer's weights. */
  readonly trainable: boolean;
  /**
   * How the kernel was initialised: all zeros, every unit the `same` (for at least two units), or units that differ.
   * Null if the layer has no kernel.
   */
  readonly start: "zeros" | "same" | "different" | null;
  readonly hasBias: boolean;
  /** Number of units, or of filters. */
  readonly units: number;
  /**
   * Distance of the weights from the initial weights, divided by the norm of the initial weights; Infinity if those
   * were 0.
   */
  readonly moved: number;
  /** Whether the model's code has switched training off for the layer, so that all its weights should stay. */
  readonly frozen: boolean;
  /**
   * Distance of the moving averages of a batch normalisation from the initial ones, divided by their norm; null for any
   * other layer.
   */
  readonly averagesMoved: number | null;
  /** Whether the kernel is held, though training updates others of the layer's weights. */
  readonly kernelHeld: boolean;
  /** Norm of the kernel divided by its initial norm. */
  readonly growth: number;
  /** Euclidean norm of the gradient on the first training examples, in training mode. */
  readonly gradientNorm: number;
  /** Share of sigmoid or tanh units within 1 % of a bound on 19 of 20 examples; null for other activations. */
  readonly saturated: number | null;
  /** Share of the units whose activation is the same on every example. */
  readonly constant: number;
}

/** Puts together what the weights before and after a run, the gradients and the units tell of a layer. */
export function surveyLayer(
  layer: LayerWeights,
  { before, after }: { readonly before: readonly Float32Array[]; readonly after: readonly Float32Array[] },
  gradientNorms: ReadonlyMap<string, number>,
  units: UnitActivity | undefined,
): LayerSurvey {
  const { variables } = layer;
  const kernel = variables.findIndex(({ shape }) => shape.length > 1);
  const averages = averagesOf(layer);
  const pick = (tables: readonly Float32Array[]) => averages.map((index) => tables[index] as Float32Array);
  const outputs = unitsOf(layer, variables[kernel]?.shape.at(-1) ?? variables[0]?.shape.at(-1) ?? 0);
  const initial = before[kernel];
  return {
    layer: layer.layer,
    trainable: variables.some(({ name }) => gradientNorms.has(name)),
    start: initial ? startOf(initial, outputs) : null,
    hasBias: kernel >= 0 && variables.length > 1,
    units: outputs,
    moved: relative(hypotenuse(after, before, distance), hypotenuse(before, before, norm)),
    frozen: layer.frozen,
    averagesMoved:
      averages.length === 0
        ? null
        : relative(
            hypotenuse(pick(after), pick(before), distance),
            hypotenuse(pick(before), pick(before), norm),
          ),
    kernelHeld: initial !== undefined && isHeld(variables, kernel, gradientNorms, [before, after]),
    growth: initial ? relative(norm(after[kernel] as Float32Array), norm(initial)) : 1,
    gradientNorm: Math.hypot(...variables.map(({ name }) => gradientNorms.get(name) ?? 0)),
    saturated: units?.saturated ?? null,
    constant: units?.constant ?? 0,
  };
}

/** Whether the kernel takes no part in training, and no update of the layer's own moves it, where other weights do. */
function isHeld(
  variables: LayerWeights["variables"],
  kernel: number,
  gradientNorms: ReadonlyMap<string, number>,
  [before, after]: readonly [readonly Float32Array[], readonly Float32Array[]],
): boolean {
  const isTrained = variables.map(({ name }) => gradientNorms.has(name));
  const stayed = distance(after[kernel] as Float32Array, before[kernel] as Float32Array) === 0;
  return !isTrained[kernel] && isTrained.includes(true) && stayed;
}

/** Returns the places of the moving averages among the weights of a batch normalisation; none for other layers. */
function averagesOf({ variables }: LayerWeights): number[] {
  return variables.flatMap(({ name }, index) => (/moving_(mean|variance)/i.test(name) ? [index] : []));
}

/**
 * A recurrent layer's kernel has a column for each gate of a unit; its recurrent kernel has a row for each unit. An attention has
 * a bias of so many numbers for each head, which stand as the last axes of its kernel.
 */
function unitsOf({ variables }: LayerWeights, columns: number): number {
  const [kernel = [], other = []] = variables.map(({ shape }) => shape);
  if (other.length !== 2) return columns;
  const [rows, each] = other as [number, number];
  if (kernel.length > 2) return each === columns && rows === kernel.at(-2) ? rows * each : columns;
  return columns === 3 * rows || columns === 4 * rows ? rows : columns;
}

function relative(part: number, whole: number): number {
  return part === 0 ? 0 : part / whole;
}

function hypotenuse(
  a: readonly Float32Array[],
  b: readonly Float32Array[],
  length: (a: Float32Array, b: Float32Array) => number,
): number {
  return Math.hypot(...a.map((values, index) => length(values, b[index] as Float32Array)));
}

/** Tells how the units of a kernel begin, by their weights. A kernel's last axis runs over the units. */
export function startOf(kernel: Float32Array, units: number): LayerSurvey["start"] {
  if (kernel.every((weight) => weight === 0)) return "zeros";
  const allSame = kernel.every((weight, index) => weight === kernel[index - (index % units)]);
  return units > 1 && allSame ? "same" : "different";
}
