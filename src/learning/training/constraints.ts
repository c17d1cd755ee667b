import { dispose, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** A weight whose values keep a rule, such as that none is negative. */
interface Constrained {
  readonly constraint: { apply(weight: Tensor): Tensor } | null;
}

/** Names the layers with weights that are brought back to a constraint. */
export function constrainedLayers({ layers }: LayersModel): readonly string[] {
  const isBound = (weight: unknown) => ((weight as Constrained).constraint ?? null) !== null;
  return layers.filter((layer) => layer.trainableWeights.some(isBound)).map(({ name }) => name);
}

/**
 * Plans how the weights of a model are brought back to their constraints after an update. The layers of TensorFlow.js
 * take constraints, and its own training does not apply them; Keras applies them after every update.
 *
 * @returns a function that applies them; null for a model without constraints.
 */
export function planConstraints(model: LayersModel): (() => void) | null {
  const bound = [...new Set(model.trainableWeights)].filter(
    (weight) => ((weight as unknown as Constrained).constraint ?? null) !== null,
  );
  if (bound.length === 0) return null;
  return () => {
    for (const weight of bound) {
      const { constraint } = weight as unknown as Constrained;
      const variable = weight.read() as Variable;
      const allowed = tidy(() => (constraint as NonNullable<typeof constraint>).apply(variable));
      variable.assign(allowed);
      dispose(allowed);
    }
  };
}
