import { ACTIVATION_CLASSES, endsByItself } from "../subject/activationClasses.ts";
import type { Layer } from "../subject/layerTree.ts";
import type { Call } from "./calls.ts";

/** Stands between an activation and what changes its outputs. */
export const BEHIND = ", then ";

/** A layer with a kernel and the calls that compute its units' activations. */
export interface ActivationLayer {
  /** The layer with weights. */
  readonly layer: string;
  /** The activation's name; `linear` if there is none. */
  readonly activation: string;
  /** The activation that the units pass before that one, where there are two in a row; null elsewhere. */
  readonly earlier: string | null;
  /** The calls whose outputs are the activations: several if the layer is applied several times. */
  readonly calls: readonly number[];
}

/**
 * Finds each layer with a kernel, and the activation that follows it, either inside the layer or as a separate layer.
 * The result is in the order in which a forward pass calls the layers.
 */
export function activationLayers(calls: readonly Call[]): ActivationLayer[] {
  const found = new Map<string, { activation: string; earlier: string | null; calls: number[] }>();
  calls.forEach(({ layer, path }, place) => {
    if (!isKernelLayer(layer)) return;
    const behind = activationsBehind(calls, place);
    const last = behind.at(-1) ?? place;
    const activation = activationOf((calls[last] as Call).layer);
    const passed = [place, ...behind].slice(0, -1).map((one) => activationOf((calls[one] as Call).layer));
    const earlier = passed.filter((name) => name !== "linear").at(-1) ?? null;
    const before = found.get(path);
    if (before) before.calls.push(last);
    else found.set(path, { activation, earlier, calls: [last] });
  });
  return [...found].map(([layer, { calls: places, ...activation }]) => ({
    layer,
    ...activation,
    calls: places,
  }));
}

/** Whether a layer has a kernel. Activation layers with trainable weights, such as PReLU, do not count. */
export function isKernelLayer(layer: Layer): boolean {
  return !isActivation(layer) && layer.weights.some(({ shape }) => shape.length > 1);
}

/** Finds the activation layers between a call and the next layer with a kernel, in order. */
function activationsBehind(calls: readonly Call[], place: number): number[] {
  const reached = new Set([place]);
  const found: number[] = [];
  for (let next = place + 1; next < calls.length; next++) {
    const { layer, from } = calls[next] as Call;
    if (!from.some((one) => reached.has(one)) || isKernelLayer(layer)) continue;
    reached.add(next);
    // An activation layer that is linear leaves the activation before it the last.
    if (isActivation(layer) && activationOf(layer) !== "linear") found.push(next);
  }
  return found;
}

/** Whether a layer does nothing but apply an activation, to each step of a sequence or at once. */
export function isActivation(layer: Layer): boolean {
  return ACTIVATION_CLASSES.has(ofEachStep(layer).getClassName());
}

/** The layer that a wrapper applies to each step of a sequence; any other layer itself. */
export function ofEachStep(layer: Layer): Layer {
  return layer.getClassName() === "TimeDistributed" ? (layer as unknown as { layer: Layer }).layer : layer;
}

function isLast(axis: number, { outputShape }: Layer): boolean {
  return axis === -1 || axis === outputShape.length - 1;
}

function activationOf(called: Layer): string {
  const layer = ofEachStep(called);
  const { activation, axis } = layer.getConfig();
  if (typeof activation === "string") return activation;
  // A softmax over the steps of a sequence makes the steps compete, and not the classes of one.
  if (layer.getClassName().endsWith("Softmax") && typeof axis === "number")
    return isLast(axis, called) ? "softmax" : `softmax over axis ${axis}`;
  const className = layer.getClassName();
  if (endsByItself(layer)) return layer.lastActivation ?? `linear${BEHIND}operations of its own`;
  return ACTIVATION_CLASSES.has(className) ? className : "linear";
}
