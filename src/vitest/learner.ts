import { diagnose } from "../judging/diagnosis/diagnose.ts";
import type { Finding } from "../judging/diagnosis/finding.ts";
import { judge, type Verdict } from "../judging/outcome/verdict.ts";
import { parseConfig } from "../learning/config/parseConfig.ts";
import type { Config, Thresholds } from "../learning/config/schema.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import { createSubject } from "../learning/subject/createSubject.ts";
import type { DefinedSubject } from "../learning/subject/defineSubject.ts";
import type { Subject } from "../learning/subject/subject.ts";
import { type TrainingRun, train } from "../learning/training/train.ts";

/** What the matchers judge: a config, as a person may write it, what defineSubject gave, or a subject itself. */
export type Learner = Subject | DefinedSubject | Readonly<Record<string, unknown>>;

/** A learner made ready, and its run once somebody asked for it. */
export interface PreparedLearner {
  readonly subject: Subject;
  readonly thresholds: Thresholds;
  /** Null for a subject of one's own. */
  readonly config: Config | null;
  run(): Promise<TrainingRun>;
  verdict(): Promise<Verdict>;
  findings(): Promise<readonly Finding[]>;
}

const prepared = new WeakMap<object, PreparedLearner>();
/** Configs by what they say: one written twice is trained once. */
const preparedConfigs = new Map<string, PreparedLearner>();

/**
 * Makes a learner ready. Asked again for the same object it gives the same answer: several matchers cost one run.
 *
 * @throws {InputError} for a config that breaks a rule.
 */
export function prepare(learner: Learner): PreparedLearner {
  const known = prepared.get(learner);
  if (known) return known;
  const made = isSubject(learner)
    ? measured(learner, parseConfig({}).thresholds, null)
    : prepareConfig(isDefined(learner) ? learner.config() : parseConfig(learner));
  prepared.set(learner, made);
  return made;
}

function prepareConfig(config: Config): PreparedLearner {
  // What a name stands for may be defined anew.
  if (config.subject === "own") return measured(createSubject(config), config.thresholds, config);
  const text = JSON.stringify(config);
  const made = preparedConfigs.get(text) ?? measured(createSubject(config), config.thresholds, config);
  preparedConfigs.set(text, made);
  return made;
}

function isSubject(learner: Learner): learner is Subject {
  return (
    typeof learner === "object" &&
    learner !== null &&
    "buildModel" in learner &&
    typeof learner.buildModel === "function"
  );
}

function isDefined(learner: Exclude<Learner, Subject>): learner is DefinedSubject {
  return typeof learner === "object" && learner !== null && typeof learner.config === "function";
}

function measured(subject: Subject, thresholds: Thresholds, config: Config | null): PreparedLearner {
  let pending: Promise<TrainingRun> | undefined;
  const run = async () => {
    await useEngine();
    pending ??= train(subject);
    return pending;
  };
  return {
    subject,
    thresholds,
    config,
    run,
    verdict: async () => judge(await run(), thresholds),
    findings: async () => diagnose(subject, await run(), { thresholds }),
  };
}

/**
 * Starts the engine that `LEARNPROOF_ENGINE` names, or the WebAssembly one. Asked every time: specs before may have
 * left another one running.
 */
export function useEngine(): Promise<Engine> {
  return startEngine({ name: process.env.LEARNPROOF_ENGINE || "wasm" });
}
