import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Layer } from "../subject/layerTree.ts";
import { type ActivationLayer, BEHIND, isActivation, isKernelLayer, ofEachStep } from "./activationLayers.ts";
import type { Call } from "./calls.ts";

/**
 * Finds the layer with a kernel that makes an output: the last one on the way to it, behind which only activations,
 * reshapes and other layers without a kernel stand.
 *
 * @param made the call that gave the output; -1 if no layer gave it.
 * @returns null if the output depends on no layer with a kernel.
 */
export function headOf(
  calls: readonly Call[],
  made: number,
  activations: readonly ActivationLayer[],
): ActivationLayer | null {
  const waiting = [made];
  const seen = new Set<number>();
  const changing: number[] = [];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const call = calls[at];
    if (!call || seen.has(at)) continue;
    seen.add(at);
    if (isKernelLayer(call.layer)) {
      const head = activations.find(({ layer }) => layer === call.path);
      return head ? withLayersBehind(head, changing, calls) : null;
    }
    if (!KEEPS_VALUES.test(ofEachStep(call.layer).getClassName())) changing.push(at);
    waiting.push(...[...call.from].sort((a, b) => a - b));
  }
  return null;
}

/** Whether a layer behind the activation changes the outputs, so that the activation's bounds are not theirs. */
export function isChangedBehind(activation: string): boolean {
  return activation.includes(BEHIND);
}

/** Stands for an activation where the outputs are cosines, which go from -1 to 1 whatever the layers before give. */
export const COSINE = "cosine";

/** Whether a call makes cosines: it divides both sides by their lengths, or gets sides of length 1. */
function isCosine({ layer, from }: Call, calls: readonly Call[]): boolean {
  if (layer.getClassName() !== "Dot") return false;
  return layer.getConfig().normalize === true || from.every((at) => hasLengthOne(calls[at]?.layer));
}

function hasLengthOne(layer: Layer | undefined): boolean {
  return layer?.getClassName() === "UnitNormalization";
}

/** Layers whose outputs lie within the bounds of their inputs. */
const KEEPS_VALUES =
  /^(InputLayer|(Keras)?(Flatten|Reshape|UpSampling|Cropping|GlobalPooling|BilinearUpSampling)|Permute|RepeatVector|Masking|Concatenate|Average|(Spatial|Gaussian|Alpha)?Dropout(1D)?|GaussianNoise|KerasSteadyNoise|(Global)?(Max|Average)Pooling[123]D|(Cropping|UpSampling)[123]D)$/;

/**
 * A layer behind the activation, such as a rescaling or one of the user's own, may take the outputs anywhere: the bounds
 * of the activation are then not those of the output, and its name says so: `sigmoid, then Rescaling`.
 */
function withLayersBehind(
  head: ActivationLayer,
  changing: readonly number[],
  calls: readonly Call[],
): ActivationLayer {
  const last = largestOf(head.calls);
  const made = changing
    .filter((place) => place > last)
    .sort((a, b) => a - b)
    .map((place) => calls[place] as Call)
    .filter(({ layer }) => !isActivation(layer));
  const end = made.at(-1);
  const onlyLengths = made.slice(0, -1).every(({ layer }) => hasLengthOne(layer));
  if (end && onlyLengths && isCosine(end, calls)) return { ...head, activation: COSINE };
  const behind = made.map(({ layer }) => layer.getClassName());
  return behind.length === 0 ? head : { ...head, activation: [head.activation, ...behind].join(BEHIND) };
}
