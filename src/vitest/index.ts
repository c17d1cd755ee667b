// What a project's specs import. Importing it adds the matchers to `expect`.
import "./matchers.ts";

export { anyConfig } from "./arbitraries/anyConfig.ts";
export { collapsingConfig } from "./arbitraries/collapsingConfig.ts";
export { dataConfig, denseDataConfig } from "./arbitraries/dataConfig.ts";
export { healthyConfig } from "./arbitraries/healthyConfig.ts";
export { healthyDenseConfig } from "./arbitraries/healthyDenseConfig.ts";
export { lossConfig } from "./arbitraries/lossConfig.ts";
export { denseModelConfig, modelConfig } from "./arbitraries/modelConfig.ts";
export { optimizerConfig } from "./arbitraries/optimizerConfig.ts";
export { runSeed } from "./arbitraries/runSeed.ts";
export { type FailureMode, failureMode } from "./failureMode.ts";
export { type EveryConfigOptions, forEveryConfig } from "./forEveryConfig.ts";
export type { Learner } from "./learner.ts";
export type { LearningMatchers } from "./matchers.ts";
