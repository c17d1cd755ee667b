import { defineConfig } from "learnproof";
import { buildModel } from "./model.js";
import { drawStripes } from "./stripes.js";

export default defineConfig({
  subjects: [
    {
      name: "stripes",
      buildModel: () => buildModel(),
      examples: drawStripes,
      data: { examples: 150, heldOut: 60 },
      classification: true,
      loss: "sparseCategoricalCrossentropy",
      training: { optimizer: { name: "adam", learningRate: 0.01 }, steps: 200 },
    },
  ],
});
