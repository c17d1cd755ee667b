import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import type { Subject } from "../../learning/subject/subject.ts";

/**
 * What a model does with an input first: it looks codes up, such as the numbers of words, whose size and distance mean
 * nothing; it normalises the numbers, so that their scale reaches no weight; or it takes them as they are.
 */
export type InputUse = "codes" | "normalised" | "numbers";

/** Tells what a subject's model does with each input, in the model's order. */
export async function inputUses({ buildModel, seed }: Subject): Promise<readonly InputUse[]> {
  const model = await buildModel(seed);
  try {
    return model.inputs.map(({ sourceLayer }) => useBehind(sourceLayer));
  } finally {
    model.dispose();
  }
}

const USES: Readonly<Record<string, InputUse>> = {
  Embedding: "codes",
  CategoryEncoding: "codes",
  Normalization: "normalised",
  Rescaling: "normalised",
  BatchNormalization: "normalised",
  LayerNormalization: "normalised",
};
/** Layers that hand numbers on as they are. */
const PASSING: ReadonlySet<string> = new Set(
  "InputLayer Reshape KerasReshape Flatten KerasFlatten Permute RepeatVector Masking Concatenate".split(" "),
);

/** Where the layers behind one use it in different ways, its numbers are taken as they are. */
function useBehind(layer: layers.Layer): InputUse {
  const uses = new Set(layer.outboundNodes.map(({ outboundLayer }) => useBy(outboundLayer)));
  const [only, ...others] = uses;
  return only === undefined || others.length > 0 ? "numbers" : only;
}

function useBy(layer: layers.Layer): InputUse {
  const use = USES[layer.getClassName().replace(/^Keras/, "")];
  if (use) return use;
  const [first] = "inputLayers" in layer ? (layer as LayersModel).inputLayers : [];
  if (first) return useBehind(first);
  return PASSING.has(layer.getClassName()) ? useBehind(layer) : "numbers";
}
