import "./learning/engine/onImport.ts";

export { InputError } from "./foundation/input/inputError.ts";
export { type CheckOptions, check, type ModelCheckOptions } from "./judging/check/check.ts";
export type {
  CheckResult,
  NamedCause,
  ProvenCure,
  RunSummary,
  SubjectSummary,
  TriedChange,
} from "./judging/check/checkResult.ts";
export type { EvaluationSummary, MeasureSummary } from "./judging/check/evaluationSummary.ts";
export type { ModelWithData, What } from "./judging/check/what/what.ts";
export type { Case, Cause, Suspicion } from "./judging/diagnosis/cause.ts";
export { type CauseName, causes } from "./judging/diagnosis/causes.ts";
export type {
  Attempt,
  CauseStatus,
  Cure,
  CureOptions,
  CureSearch,
  JudgedCause,
  NotTried,
} from "./judging/diagnosis/cure/attempt.ts";
export { type DiagnoseOptions, diagnose } from "./judging/diagnosis/diagnose.ts";
export type { Finding } from "./judging/diagnosis/finding.ts";
export { type FailedRun, proveCure } from "./judging/diagnosis/proveCure.ts";
export type { AlphaRow } from "./judging/ladder/alphaRow.ts";
export { climbLadder, type Ladder, type Rung } from "./judging/ladder/climbLadder.ts";
export type { Growth } from "./judging/ladder/grow.ts";
export type { OddExample } from "./judging/ladder/oddExamples.ts";
export { type AlphaSweep, type SweepOptions, sweepAlpha } from "./judging/ladder/sweepAlpha.ts";
export { checkLaws, type LawCheck, type LawCheckOptions } from "./judging/law/checkLaws.ts";
export type { Law, LawContext, LawResult, Measurement } from "./judging/law/law.ts";
export { laws } from "./judging/law/laws.ts";
export type { CheckVerdict } from "./judging/outcome/openEnd.ts";
export { judge, type Verdict } from "./judging/outcome/verdict.ts";
export { judgeTrace, type TraceJudgement } from "./judging/trace/judgeTrace.ts";
export { readTrace, type TraceLine } from "./judging/trace/traceLine.ts";
export { type WatchOptions, watch } from "./judging/trace/watch.ts";
export { type Outcome, trainAndDiagnose } from "./judging/trainAndDiagnose.ts";
export { type AssertOptions, assertLearns, LearningError } from "./keeping/assertion/assertLearns.ts";
export { type Capsule, type Recorded, readCapsule } from "./keeping/capsule/capsule.ts";
export { record } from "./keeping/capsule/record.ts";
export { type Replay, replay } from "./keeping/capsule/replay.ts";
export type { Change, Values } from "./learning/config/changeConfig.ts";
export type { MeasureName } from "./learning/config/measureNames.ts";
export type { Json, Settings } from "./learning/config/ownSchema.ts";
export { parseConfig } from "./learning/config/parseConfig.ts";
export { readConfig } from "./learning/config/readConfig.ts";
export type {
  Config,
  ConfigInput,
  LossConfig,
  OptimizerConfig,
  OwnConfig,
  Thresholds,
  ThresholdsInput,
  TrainingConfig,
  TrainingInput,
} from "./learning/config/schema.ts";
export { type EngineName, engineNames } from "./learning/engine/engineName.ts";
export { type Engine, type EngineRequest, startEngine } from "./learning/engine/startEngine.ts";
export type { LossChoice, OutputLoss } from "./learning/loss/criterion.ts";
export {
  createCheckedLoss,
  LogarithmError,
  type OutsideLogarithm,
} from "./learning/loss/logarithmDomain.ts";
export type { Loss } from "./learning/loss/loss.ts";
export type { MeasureFunction } from "./learning/measure/namedMeasures.ts";
export type { WrittenMeasure } from "./learning/measure/readMeasure.ts";
export type { Optimizer } from "./learning/optimizer/optimizer.ts";
export type { ModelData } from "./learning/subject/compiled/modelData.ts";
export { createSubject } from "./learning/subject/createSubject.ts";
export { defineConfig, type ProjectConfig } from "./learning/subject/defineConfig.ts";
export { type DefinedSubject, defineSubject, type OwnConfigInput } from "./learning/subject/defineSubject.ts";
export type { ExampleSet, Examples } from "./learning/subject/examples.ts";
export type { NestedNumbers, Numbers, ShapedNumbers } from "./learning/subject/nestedNumbers.ts";
export type { ByOutput } from "./learning/subject/own/byOutput.ts";
export type { Dataset, ExampleStream, WrittenRow } from "./learning/subject/own/exampleStream.ts";
export type { ClassWeight, WrittenClassWeight } from "./learning/subject/own/exampleWeights.ts";
export type { KeptWeights } from "./learning/subject/own/keptWeights.ts";
export type { WrittenLoss } from "./learning/subject/own/ownLoss.ts";
export type { StockOptimizer, WrittenOptimizer } from "./learning/subject/own/ownOptimizer.ts";
export type { WrittenSide } from "./learning/subject/own/sides.ts";
export type { WrittenExamples } from "./learning/subject/own/writtenExamples.ts";
export type { Part, TargetPart } from "./learning/subject/parts.ts";
export type { ExampleSets, Subject } from "./learning/subject/subject.ts";
export type {
  ExampleRequest,
  OutputLossInput,
  SubjectDefinition,
} from "./learning/subject/subjectDefinition.ts";
export type { Evaluation, OutputEvaluation } from "./learning/training/evaluation.ts";
export type { Progress, Watch } from "./learning/training/progress.ts";
export type { Survey } from "./learning/training/survey.ts";
export type { LayerSurvey } from "./learning/training/surveyLayer.ts";
export type { LayerProbe, Probe, Trace } from "./learning/training/trace.ts";
export { type StoppingRule, type TrainingRun, type TrainOptions, train } from "./learning/training/train.ts";
