import type { Config } from "../../learning/config/schema.ts";
import { type LoadedProgram, programOf } from "../../learning/keras/program/loadProgram.ts";
import type { KerasEdit } from "../../learning/keras/words/edit.ts";
import { editsFor } from "../../learning/keras/words/edits.ts";
import { inputParts, targetParts } from "../../learning/subject/parts.ts";
import type { Attempt } from "../diagnosis/cure/attempt.ts";
import type { LawResult } from "../law/law.ts";
import { wasCut } from "../outcome/stepsMade.ts";
import { placeOf } from "./causePlaces.ts";
import type { FinishedCheck } from "./check.ts";
import { type CheckResult, type NamedCause, SCHEMA_VERSION, type TriedChange } from "./checkResult.ts";
import { finiteLosses, summariseEvaluation } from "./evaluationSummary.ts";

/** Turns a finished check into plain data. */
export function summariseCheck({
  what,
  config,
  subject,
  engine,
  examination,
  cures,
  budgetToFinish,
}: FinishedCheck): CheckResult {
  const { run, verdict, laws, holds, notMeasured, notAsked, data } = examination;
  const program = programOf(config);
  const causes = cures.causes.map(
    ({ cause, evidence, status, why, change }): NamedCause => ({
      name: cause,
      evidence,
      status,
      why,
      change,
      ...(program && { source: placeOf(program.captured, { name: cause, evidence }) }),
    }),
  );
  const { train, heldOut } = subject;
  return {
    schemaVersion: SCHEMA_VERSION,
    what,
    verdict,
    holds: holds && verdict === "learns",
    laws: laws.map((law): LawResult => ({ ...law })),
    notMeasured: notMeasured.map(({ name, reason }) => ({ name, reason })),
    notAsked: notAsked.map(({ name, reason }) => ({ name, reason })),
    data: data.map((finding) => ({ ...finding })),
    cause: causes[0] ?? null,
    causes,
    cure: cures.cure && {
      ...summariseAttempt(cures.cure),
      config: cures.cure.config,
      ...(program && { edits: editsOf(program, config, cures.cure.config) }),
    },
    attempts: cures.attempts.map(summariseAttempt),
    notTried: cures.notTried.map(({ change, reason }) => ({ change, reason })),
    run: {
      steps: run.steps,
      cutShort: wasCut(run, subject),
      budgetToFinish,
      finite: run.finite,
      losses: finiteLosses(run.trace.losses),
      train: summariseEvaluation(run.train),
      heldOut: run.heldOut && summariseEvaluation(run.heldOut),
      digest: run.digest,
    },
    engine: { name: engine.name, device: engine.device, bitExact: engine.bitExact },
    subject: {
      examples: train.count,
      heldOut: heldOut?.count ?? 0,
      inputShape: train.inputShape,
      outputs: train.outputs,
      classification: targetParts(train).every(({ classification }) => classification),
      inputParts: inputParts(train).map(({ name, shape }) => ({ name, shape })),
      targetParts: targetParts(train).map(({ name, shape, classification }) => ({
        name,
        shape,
        classification,
      })),
      weighted: train.weights !== undefined,
      steps: subject.steps,
      batchSize: subject.batchSize,
      config,
    },
    seed: subject.seed,
  };
}

function editsOf({ captured }: LoadedProgram, before: Config | null, after: Config): readonly KerasEdit[] {
  return before?.subject === "own" && after.subject === "own" ? editsFor(captured, before, after) : [];
}

function summariseAttempt({
  cause,
  change,
  verdict,
  lossOverVariance,
  brokenLaws,
  cut,
}: Attempt): TriedChange {
  const error = lossOverVariance !== null && Number.isFinite(lossOverVariance) ? lossOverVariance : null;
  return { cause, change, verdict, lossOverVariance: error, brokenLaws, ...(cut && { steps: cut.made }) };
}
