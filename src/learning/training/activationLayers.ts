import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";

/** Where the units of a layer with weights answer. */
export interface ActivationLayer {
  /** The layer with weights. */
  readonly layer: string;
  /** `linear` where it has none. */
  readonly activation: string;
  readonly output: SymbolicTensor;
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

/** Each layer with a kernel together with the activation that follows it, as a layer of its own or within it. */
export function activationLayers(model: LayersModel): ActivationLayer[] {
  const found: ActivationLayer[] = [];
  for (const layer of model.layers) {
    const isActivation = ACTIVATIONS.has(layer.getClassName());
    const output = layer.output as SymbolicTensor;
    if (isActivation && found.length > 0) {
      const { layer: owner } = found.pop() as ActivationLayer;
      found.push({ layer: owner, activation: activationOf(layer), output });
    } else if (layer.weights.some(({ shape }) => shape.length > 1)) {
      found.push({ layer: layer.name, activation: activationOf(layer), output });
    }
  }
  return found;
}

function activationOf(layer: layers.Layer): string {
  const { activation } = layer.getConfig();
  if (typeof activation === "string") return activation;
  const className = layer.getClassName();
  return ACTIVATIONS.has(className) ? className : "linear";
}
