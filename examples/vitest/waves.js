import { layers, sequential } from "@tensorflow/tfjs-layers";

/** A network, compiled and not trained yet, with what it shall learn: the product of two waves. */
export function makeLearner({ kernelInitializer = "glorotUniform" } = {}) {
  const x = Array.from({ length: 120 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
  const y = x.map(([a, b]) => a * b);
  const model = sequential({
    layers: [
      layers.dense({ inputShape: [2], units: 16, activation: "relu", kernelInitializer }),
      layers.dense({ units: 1, kernelInitializer }),
    ],
  });
  model.compile({ loss: "meanSquaredError", optimizer: "adam" });
  return { model, x, y, epochs: 100 };
}
