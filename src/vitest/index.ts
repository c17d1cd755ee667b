// A project's specs import this module. The import adds the matchers to `expect`.
import "../learning/engine/onImport.ts";
import "./matchers.ts";
import { allowForTraining } from "./timeout.ts";

export * from "../lab/arbitrary/arbitraries.ts";
export { type FailureMode, failureMode } from "./failureMode.ts";
export { type EveryConfigOptions, forEveryConfig } from "./forEveryConfig.ts";
export type { Learner } from "./learner.ts";
export type { LearningMatchers, LearnOptions } from "./matchers.ts";

allowForTraining();
