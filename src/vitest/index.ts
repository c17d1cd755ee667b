// What a project's specs import. Importing it adds the matchers to `expect`.
import "../learning/engine/onImport.ts";
import "./matchers.ts";
import { allowForTraining } from "./timeout.ts";

export { anyConfig } from "../lab/arbitrary/anyConfig.ts";
export { collapsingConfig } from "../lab/arbitrary/collapsingConfig.ts";
export { dataConfig, denseDataConfig } from "../lab/arbitrary/dataConfig.ts";
export { healthyConfig } from "../lab/arbitrary/healthyConfig.ts";
export { healthyDenseConfig } from "../lab/arbitrary/healthyDenseConfig.ts";
export { lossConfig } from "../lab/arbitrary/lossConfig.ts";
export { denseModelConfig, modelConfig } from "../lab/arbitrary/modelConfig.ts";
export { optimizerConfig } from "../lab/arbitrary/optimizerConfig.ts";
export { runSeed } from "../lab/arbitrary/runSeed.ts";
export { type FailureMode, failureMode } from "./failureMode.ts";
export { type EveryConfigOptions, forEveryConfig } from "./forEveryConfig.ts";
export type { Learner } from "./learner.ts";
export type { LearningMatchers, LearnOptions } from "./matchers.ts";

allowForTraining();
