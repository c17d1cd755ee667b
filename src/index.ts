export { InputError } from "./foundation/input/inputError.ts";
export { type CauseName, causes } from "./judging/diagnosis/causes.ts";
export { diagnose } from "./judging/diagnosis/diagnose.ts";
export type { Finding } from "./judging/diagnosis/finding.ts";
export { type Cure, type CureSearch, proveCure } from "./judging/diagnosis/proveCure.ts";
export { climbLadder, type Ladder, type Rung } from "./judging/ladder/climbLadder.ts";
export { type AlphaSweep, sweepAlpha } from "./judging/ladder/sweepAlpha.ts";
export { checkLaws, type LawCheck, type LawCheckOptions } from "./judging/law/checkLaws.ts";
export type { Law, LawContext, LawResult, Measurement } from "./judging/law/law.ts";
export { laws } from "./judging/law/laws.ts";
export { judge, type Verdict } from "./judging/outcome/verdict.ts";
export { type Capsule, readCapsule } from "./keeping/capsule/capsule.ts";
export { record } from "./keeping/capsule/record.ts";
export { replay } from "./keeping/capsule/replay.ts";
export type { Json, Settings } from "./learning/config/ownSchema.ts";
export { parseConfig } from "./learning/config/parseConfig.ts";
export { readConfig } from "./learning/config/readConfig.ts";
export type { Config } from "./learning/config/schema.ts";
export { type EngineName, engineNames } from "./learning/engine/engineName.ts";
export { type Engine, startEngine } from "./learning/engine/startEngine.ts";
export { createCheckedLoss } from "./learning/loss/logarithmDomain.ts";
export type { Loss } from "./learning/loss/loss.ts";
export { createSubject } from "./learning/subject/createSubject.ts";
export {
  type DefinedSubject,
  defineSubject,
  type ExampleRequest,
  type StockOptimizer,
  type SubjectDefinition,
  type WrittenExamples,
} from "./learning/subject/defineSubject.ts";
export type { Examples } from "./learning/subject/examples.ts";
export type { NestedNumbers, Numbers } from "./learning/subject/nestedNumbers.ts";
export type { Optimizer, Subject } from "./learning/subject/subject.ts";
export type { Evaluation } from "./learning/training/evaluation.ts";
export type { LayerSurvey, Survey } from "./learning/training/survey.ts";
export type { LayerProbe, Probe, Trace } from "./learning/training/trace.ts";
export { type TrainingRun, type TrainOptions, train } from "./learning/training/train.ts";
