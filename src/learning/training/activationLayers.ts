import type { Layer } from "../subject/layerTree.ts";
import type { Call } from "./calls.ts";

/** Where the units of a layer with weights answer. */
export interface ActivationLayer {
  /** The layer with weights. */
  readonly layer: string;
  /** `linear` where it has none. */
  readonly activation: string;
  /** The calls whose answers they are: several where the layer is applied several times. */
  readonly calls: readonly number[];
}

const ACTIVATIONS = new Set([
  "Activation",
  "ReLU",
  "LeakyReLU",
  "ELU",
  "PReLU",
  "Softmax",
  "ThresholdedReLU",
]);

/**
 * Each layer with a kernel together with the activation that follows it, as a layer of its own or within it: in the
 * order in which a pass calls them.
 */
export function activationLayers(calls: readonly Call[]): ActivationLayer[] {
  const found = new Map<string, { activation: string; calls: number[] }>();
  calls.forEach(({ layer, path }, place) => {
    if (!isKernelLayer(layer)) return;
    const last = lastActivationBehind(calls, place);
    const activation = activationOf((calls[last] as Call).layer);
    const before = found.get(path);
    if (before) before.calls.push(last);
    else found.set(path, { activation, calls: [last] });
  });
  return [...found].map(([layer, { activation, calls: places }]) => ({ layer, activation, calls: places }));
}

/** Whether a layer has a kernel, and is no activation with weights of its own. */
export function isKernelLayer(layer: Layer): boolean {
  return !ACTIVATIONS.has(layer.getClassName()) && layer.weights.some(({ shape }) => shape.length > 1);
}

/** The last activation between a call and the next layer with a kernel; the call itself where there is none. */
function lastActivationBehind(calls: readonly Call[], place: number): number {
  const reached = new Set([place]);
  let last = place;
  for (let next = place + 1; next < calls.length; next++) {
    const { layer, from } = calls[next] as Call;
    if (!from.some((one) => reached.has(one)) || isKernelLayer(layer)) continue;
    reached.add(next);
    if (ACTIVATIONS.has(layer.getClassName())) last = next;
  }
  return last;
}

function activationOf(layer: Layer): string {
  const { activation } = layer.getConfig();
  if (typeof activation === "string") return activation;
  const className = layer.getClassName();
  return ACTIVATIONS.has(className) ? className : "linear";
}
