export { type Capsule, readCapsule } from "./capsule/capsule.ts";
export { record } from "./capsule/record.ts";
export { replay } from "./capsule/replay.ts";
export { InputError } from "./config/inputError.ts";
export type { Json, Settings } from "./config/ownSchema.ts";
export { parseConfig } from "./config/parseConfig.ts";
export { readConfig } from "./config/readConfig.ts";
export type { Config } from "./config/schema.ts";
export { type CauseName, causes } from "./diagnosis/causes.ts";
export { diagnose } from "./diagnosis/diagnose.ts";
export type { Finding } from "./diagnosis/finding.ts";
export { type Cure, type CureSearch, proveCure } from "./diagnosis/proveCure.ts";
export { type EngineName, engineNames } from "./engine/engineName.ts";
export { type Engine, startEngine } from "./engine/startEngine.ts";
export { climbLadder, type Ladder, type Rung } from "./ladder/climbLadder.ts";
export { type AlphaSweep, sweepAlpha } from "./ladder/sweepAlpha.ts";
export { type Check, type CheckOptions, checkLaws } from "./law/checkLaws.ts";
export type { Law, LawContext, LawResult, Measurement } from "./law/law.ts";
export { laws } from "./law/laws.ts";
export { judge, type Verdict } from "./law/verdict.ts";
export { createCheckedLoss } from "./loss/logarithmDomain.ts";
export type { Loss } from "./loss/loss.ts";
export { createSubject } from "./subject/createSubject.ts";
export {
  type DefinedSubject,
  defineSubject,
  type ExampleRequest,
  type StockOptimizer,
  type SubjectDefinition,
  type WrittenExamples,
} from "./subject/defineSubject.ts";
export type { Examples } from "./subject/examples.ts";
export type { NestedNumbers, Numbers } from "./subject/nestedNumbers.ts";
export type { Optimizer, Subject } from "./subject/subject.ts";
export type { Evaluation } from "./training/evaluation.ts";
export type { LayerSurvey, Survey } from "./training/survey.ts";
export type { LayerProbe, Probe, Trace } from "./training/trace.ts";
export { type TrainingRun, type TrainOptions, train } from "./training/train.ts";
