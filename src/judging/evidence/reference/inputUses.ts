import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { looksUp } from "../../../learning/keras/traced/looksUp.ts";
import { fromText } from "../../../learning/keras/traced/tracedText.ts";
import type { Subject } from "../../../learning/subject/subject.ts";

/**
 * What a model does with an input first: it looks codes up, such as the numbers of words, whose size and distance mean
 * nothing; it normalises the numbers, so that their scale reaches no weight; or it takes them as they are.
 */
export interface InputUse {
  readonly as: "codes" | "normalised" | "numbers";
  /** What Rescaling layers make of a number before it reaches a weight; null where there are none. */
  readonly rescaled: Rescaled | null;
  /** What a layer that takes a mean off and divides by a deviation does, where these were measured before training. */
  readonly measured?: Measured;
}

/** Along the last axis, a number x leaves the layer as scale x + offset. */
export interface Measured {
  readonly layer: string;
  /** One for each number along the last axis, or one for all. */
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
}

/** A number x reaches the weights as scale x + offset. */
export interface Rescaled {
  /** The name of the first of the layers. */
  readonly layer: string;
  readonly scale: number;
  readonly offset: number;
}

/** Tells what a subject's model does with each input, in the model's order. */
export async function inputUses({ buildModel, seed }: Subject): Promise<readonly InputUse[]> {
  const model = await buildModel(seed);
  try {
    return model.inputs.map(({ sourceLayer }) => useBehind(sourceLayer));
  } finally {
    model.dispose();
  }
}

const AS_NUMBERS: InputUse = { as: "numbers", rescaled: null };
const AS_CODES: InputUse = { as: "codes", rescaled: null };
const USES: Readonly<Record<string, InputUse>> = {
  Embedding: AS_CODES,
  CategoryEncoding: AS_CODES,
  BatchNormalization: { as: "normalised", rescaled: null },
  LayerNormalization: { as: "normalised", rescaled: null },
};
/** Layers that hand numbers on as they are. */
const PASSING: ReadonlySet<string> = new Set(
  "InputLayer Reshape KerasReshape Flatten KerasFlatten Permute RepeatVector Masking Concatenate".split(" "),
);

/** Where the layers behind one use it in different ways, its numbers are taken as they are. */
function useBehind(layer: layers.Layer): InputUse {
  const uses = new Map(
    layer.outboundNodes.map(({ outboundLayer }) => useBy(outboundLayer)).map((use) => [keyOf(use), use]),
  );
  const [only, ...others] = uses.values();
  return only === undefined || others.length > 0 ? AS_NUMBERS : only;
}

function keyOf({ as, rescaled }: InputUse): string {
  return JSON.stringify([as, rescaled?.scale, rescaled?.offset]);
}

function useBy(layer: layers.Layer): InputUse {
  const kind = layer.getClassName().replace(/^Keras/, "");
  if (kind === "Rescaling") return useRescaled(layer);
  if (kind === "Normalization") return useMeasured(layer);
  if (kind === "TracedLayer" && looksUp(fromText(layer.getConfig().traced as string).training))
    return AS_CODES;
  const use = USES[kind];
  if (use) return use;
  const [first] = "inputLayers" in layer ? (layer as LayersModel).inputLayers : [];
  if (first) return useBehind(first);
  return PASSING.has(layer.getClassName()) ? useBehind(layer) : AS_NUMBERS;
}

/** A layer with a factor for each channel is meant for these inputs; one factor may fit other inputs than these. */
function useRescaled(layer: layers.Layer): InputUse {
  const { scale, offset = 0 } = layer.getConfig();
  if (typeof scale !== "number" || typeof offset !== "number") return { as: "normalised", rescaled: null };
  const { as, rescaled } = useBehind(layer);
  if (as !== "numbers") return { as, rescaled };
  const then = rescaled ?? { scale: 1, offset: 0 };
  return {
    as,
    rescaled: { layer: layer.name, scale: scale * then.scale, offset: offset * then.scale + then.offset },
  };
}

/** Keras divides by no deviation below this. */
const LEAST_DEVIATION = 1e-7;

/** A layer that was never adapted, or adapted to other numbers, normalises nothing. */
function useMeasured(layer: layers.Layer): InputUse {
  const { axis = [-1], mean, variance, invert } = layer.getConfig();
  const normalised = { as: "normalised", rescaled: null } as const;
  const [first = -1, ...others] = axis as readonly number[];
  if (!Array.isArray(mean) || !Array.isArray(variance) || mean.length !== variance.length) return normalised;
  const rank = (layer.input as SymbolicTensor).shape.length;
  if (invert || others.length > 0 || (mean.length > 1 && first !== -1 && first !== rank - 1))
    return normalised;
  const scales = variance.map((one) => 1 / Math.max(Math.sqrt(one as number), LEAST_DEVIATION));
  const offsets = scales.map((scale, place) => -scale * (mean[place] as number));
  return { ...normalised, measured: { layer: layer.name, scales, offsets } };
}
