// Generators of configs for fast-check's properties, with whatever test runner: `learnproof/arbitrary`.

export { anyConfig } from "./anyConfig.ts";
export { collapsingConfig } from "./collapsingConfig.ts";
export { dataConfig, denseDataConfig } from "./dataConfig.ts";
export { healthyConfig } from "./healthyConfig.ts";
export { healthyDenseConfig } from "./healthyDenseConfig.ts";
export { lossConfig } from "./lossConfig.ts";
export { denseModelConfig, modelConfig } from "./modelConfig.ts";
export { optimizerConfig } from "./optimizerConfig.ts";
export { runSeed } from "./runSeed.ts";
