import { allLayers } from "../../../learning/subject/layerTree.ts";
import type { Subject } from "../../../learning/subject/subject.ts";

/** Activations without an upper bound. A linear one is left out: what has no activation may be meant so. */
const UNBOUNDED = /^(relu|relu6|leakyRelu|leaky_relu|elu|selu|softplus|swish|silu|gelu)$/i;

/** A recurrent layer whose activation has no bound. */
export interface UnboundedRecurrence {
  readonly layer: string;
  readonly activation: string;
}

/**
 * Finds a recurrent layer whose activation has no bound: its state may grow by a factor at each step of a sequence.
 *
 * @returns null where every recurrent layer is bounded, and where there is none.
 */
export async function findUnboundedRecurrence({
  buildModel,
  seed,
}: Subject): Promise<UnboundedRecurrence | null> {
  const model = await buildModel(seed);
  try {
    for (const layer of allLayers(model)) {
      const config = layer.getConfig();
      const isRecurrent = "recurrentInitializer" in config || "recurrent_initializer" in config;
      const { activation } = config;
      if (isRecurrent && typeof activation === "string" && UNBOUNDED.test(activation))
        return { layer: layer.name, activation };
    }
    return null;
  } finally {
    model.dispose();
  }
}
