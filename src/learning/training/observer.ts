import { dispose } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Examples, firstExamples } from "../subject/examples.ts";
import type { Layer } from "../subject/layerTree.ts";
import { inputTensors, sideBySide } from "../subject/parts.ts";
import { type ActivationLayer, activationLayers, isKernelLayer } from "./activationLayers.ts";
import { type Call, observeCalls, traceCalls } from "./calls.ts";
import { stockForward } from "./forward.ts";
import { headOf } from "./heads.ts";
import { read, readAndDispose } from "./read.ts";

/** The outputs of a layer's units. */
export interface Table {
  /** `[…, units]`, row by row. */
  readonly values: Float32Array;
  /** Number of units: the length of the last axis. */
  readonly units: number;
}

/** Observes the activations inside a model, in evaluation mode. It shares the model's layers and owns no tensor. */
export interface Observer {
  readonly activations: readonly ActivationLayer[];
  /** Index of the table that holds the input of the last layer with a kernel; null if that input is the model's own. */
  readonly given: number | null;
  /** The layers that the model's input reaches up to the first layer with a kernel, including that layer. */
  readonly entry: readonly Layer[];
  /** For each output of the model, the layer with a kernel that makes it; null if there is none. */
  readonly heads: readonly (ActivationLayer | null)[];
  /**
   * The predictions `[count, outputs]`, and the tables: one for each of `activations`, then the input of the last layer
   * with a kernel.
   */
  observe(examples: Examples): Promise<{ readonly predictions: Float32Array; readonly tables: Table[] }>;
}

/** Creates an observer. @param isWanted selects the activations to observe. @defaultValue all */
export function createObserver(
  model: LayersModel,
  examples: Examples,
  isWanted: (layer: ActivationLayer) => boolean = () => true,
): Observer {
  const forward = stockForward(model);
  const { calls, outputs } = traceCalls(model, forward, () => inputTensors(firstExamples(examples, 1)));
  const all = activationLayers(calls);
  const activations = all.filter(isWanted);
  const before = whatTheLastIsGiven(calls);
  const places = [...activations.map(({ calls: own }) => own), ...(before === null ? [] : [[before]])];
  const wanted = [...new Set(places.flat())];
  return {
    activations,
    given: before === null ? null : places.length - 1,
    entry: entryOf(calls),
    // The rows of a fixed batch are cut out behind the model, which hides the call that made its only output.
    heads: outputs.map(
      (made) => headOf(calls, made, all) ?? (outputs.length === 1 ? (all.at(-1) ?? null) : null),
    ),
    async observe(asked) {
      const observed = observeCalls(model, forward, () => inputTensors(asked), {
        wanted,
        calls: calls.length,
      });
      const predictions = sideBySide(
        await Promise.all(observed.predictions.map(readAndDispose)),
        asked.count,
      );
      const answers = await Promise.all(observed.answers.map((parts) => Promise.all(parts.map(read))));
      const units = observed.answers.map(([first]) => first?.shape.at(-1) ?? 1);
      dispose(observed.answers.flat());
      const tables = places.map((own) => {
        const at = own.map((place) => wanted.indexOf(place));
        return {
          units: units[at[0] as number] as number,
          values: joined(at.flatMap((index) => answers[index] as Float32Array[])),
        };
      });
      return { predictions, tables };
    },
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0] as Float32Array;
  const whole = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * Finds the call whose output is the input of the last layer with a kernel; null if there is none, or no layer with a kernel
 * comes before it, as where several embeddings stand side by side.
 */
function whatTheLastIsGiven(calls: readonly Call[]): number | null {
  const last = calls.findLast(({ layer }) => isKernelLayer(layer));
  const from = last?.from[0] ?? -1;
  return from >= 0 && comesFromKernel(calls, from) ? from : null;
}

function comesFromKernel(calls: readonly Call[], place: number): boolean {
  const before = new Set([place]);
  for (const one of before) {
    const call = calls[one];
    if (call === undefined) continue;
    if (isKernelLayer(call.layer)) return true;
    for (const earlier of call.from) before.add(earlier);
  }
  return false;
}

function entryOf(calls: readonly Call[]): Layer[] {
  const raw = new Set([-1]);
  return calls.flatMap(({ layer, from }, place) => {
    if (!from.some((one) => raw.has(one))) return [];
    if (!isKernelLayer(layer)) raw.add(place);
    return [layer];
  });
}
