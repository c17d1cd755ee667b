/** Learns within a tenth of a second from every seed; `changes` break it, or do not. */
export function tinyConfig(changes: { learningRate?: number; kernelInitializer?: string } = {}) {
  const { learningRate = 0.02, kernelInitializer = "glorotUniform" } = changes;
  return {
    model: { imageSize: 8, channels: 1, filters: [8], kernelSize: 3, hiddenUnits: [16], kernelInitializer },
    data: { examples: 40, heldOut: 10, boxSize: 3 },
    training: {
      steps: 80,
      batchSize: 16,
      optimizer: { learningRate },
    },
  };
}
