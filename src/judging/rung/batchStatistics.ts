import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Subject } from "../../learning/subject/subject.ts";

/**
 * Whether a network normalises by statistics of the batch that one example does not have: its mean is the example
 * itself and its variance 0, so that all examples look alike. Over the pixels of a picture there are statistics.
 */
export async function needsBatchStatistics(subject: Subject): Promise<boolean> {
  const model = await subject.buildModel(subject.seed);
  try {
    return everyLayer(model).some(
      (layer) =>
        layer.getClassName() === "BatchNormalization" &&
        (layer.getOutputAt(0) as SymbolicTensor).shape.length === 2,
    );
  } finally {
    model.dispose();
  }
}

function everyLayer(model: LayersModel): layers.Layer[] {
  return model.layers.flatMap((layer) =>
    "layers" in layer ? everyLayer(layer as unknown as LayersModel) : [layer],
  );
}
