/** Learns within a tenth of a second from every seed; `changes` break it, or do not. */
export function tinyConfig(changes: { learningRate?: number; kernelInitializer?: string } = {}) {
  const { learningRate = 0.02, kernelInitializer = "glorotUniform" } = changes;
  return {
    subject: "dense",
    model: { inputs: 2, hidden: [{ units: 32, activation: "tanh" }], kernelInitializer },
    data: { examples: 40, heldOut: 10, inputRange: [-1, 1], formula: ["x0 - x1 / 2"] },
    training: {
      steps: 60,
      batchSize: 20,
      optimizer: { learningRate },
    },
  };
}
