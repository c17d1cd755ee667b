import { abs, cast, keep, max, min, scalar, stack, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Layer } from "../../../learning/subject/layerTree.ts";
import { inputTensors } from "../../../learning/subject/parts.ts";
import { watching } from "../../../learning/training/calls.ts";
import { stockForward } from "../../../learning/training/forward.ts";
import { readAndDispose } from "../../../learning/training/read.ts";

/** How far the numbers of a tensor differ between the examples of a batch. */
export interface Variation {
  /** The largest difference between two examples in one number; Infinity for a batch of one example. */
  readonly span: number;
  /** The largest absolute number. */
  readonly size: number;
}

/** One call of a layer in a forward pass, with what it was given and what it answered. */
export interface WalkedCall {
  readonly layer: Layer;
  readonly path: string;
  /** Which earlier call each input came from; -1 for the model's own input. */
  readonly from: readonly number[];
  readonly given: readonly Variation[];
  readonly answered: readonly Variation[];
}

/** Runs a model in evaluation mode and measures, call by call, how far activations differ between the examples. */
export async function walkLayers(model: LayersModel, examples: Examples): Promise<readonly WalkedCall[]> {
  const measured: Tensor[] = [];
  const note = (tensor: Tensor) => measured.push(measure(tensor)) - 1;
  const calls: (Pick<WalkedCall, "layer" | "path" | "from"> & Record<"given" | "answered", number[]>)[] = [];
  const makers = new Map<number | object, number>();
  tidy(() => {
    watching(
      model,
      (layer, path, given, answered) => {
        const from = given.map(({ id, dataId }) => makers.get(id) ?? makers.get(dataId) ?? -1);
        calls.push({ layer, path, from, given: given.map(note), answered: answered.map(note) });
        for (const { id, dataId } of answered) makers.set(id, calls.length - 1).set(dataId, calls.length - 1);
      },
      () => stockForward(model)(inputTensors(examples), false),
    );
  });
  const pairs = await Promise.all(measured.map(readAndDispose));
  const variationOf = (index: number): Variation => {
    const [span, size] = pairs[index] as Float32Array;
    return { span: span as number, size: size as number };
  };
  return calls.map(({ given, answered, ...call }) => ({
    ...call,
    given: given.map(variationOf),
    answered: answered.map(variationOf),
  }));
}

/** Measures one tensor `[batch, …]` as `[span, size]`, which outlives the pass. */
function measure(tensor: Tensor): Tensor {
  return tidy(() => {
    const values = cast(tensor, "float32");
    const size = max(abs(values));
    const isBatch = values.rank > 0 && (values.shape[0] as number) > 1;
    const span = isBatch ? max(sub(max(values, 0), min(values, 0))) : scalar(Number.POSITIVE_INFINITY);
    return keep(stack([span, size]));
  });
}
