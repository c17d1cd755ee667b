import {
  isModelWithData,
  isSubject,
  type Resolved,
  resolveWhat,
  type What,
} from "../judging/check/what/what.ts";
import type { CureSearch } from "../judging/diagnosis/cure/attempt.ts";
import type { Finding } from "../judging/diagnosis/finding.ts";
import { proveCure } from "../judging/diagnosis/proveCure.ts";
import { checkLaws } from "../judging/law/checkLaws.ts";
import type { Law, LawResult } from "../judging/law/law.ts";
import { type Outcome, trainAndDiagnose } from "../judging/trainAndDiagnose.ts";
import { kindOf } from "../learning/config/kinds/kinds.ts";
import { parseConfig } from "../learning/config/parseConfig.ts";
import type { Config, ConfigInput } from "../learning/config/schema.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import type { DefinedSubject } from "../learning/subject/defineSubject.ts";
import { portrayRun, type RunPortrait } from "../report/html/runCard.ts";

/**
 * What the matchers judge: a config, as it may be written, or the path of one; a subject that defineSubject gave or
 * that a program made itself; a compiled model together with its data.
 */
export type Learner = What | Readonly<Record<string, unknown>>;

/** What the reporter is told of a run. */
export interface KnownRun {
  /** Null before the subject's own run has ended. */
  readonly run: RunPortrait | null;
  readonly cause: Finding | null;
  /** The change that cures, in words; null before one was found. */
  readonly cure: string | null;
  readonly cured: RunPortrait | null;
}

/** A learner that several matchers may ask about at the cost of one run. */
export interface PreparedLearner {
  /** The subject, its examples drawn anew: the run is kept, and the examples are not. */
  resolve(): Promise<Resolved>;
  /** The subject's own run, judged and diagnosed. */
  outcome(): Promise<Outcome>;
  verdict(): Promise<Outcome["verdict"]>;
  /** What is known by now of the subject's own run and its cure; nothing is trained for it. */
  known(): KnownRun;
  /** The search for a cure; null if no change can be tried. */
  cures(): Promise<CureSearch | null>;
  /** One law measured on it. */
  law(law: Law): Promise<LawResult | undefined>;
  /** Every law that applies. */
  laws(laws?: readonly Law[]): Promise<readonly LawResult[]>;
  /** The same learner under another seed. */
  withSeed(seed: number): PreparedLearner;
}

const prepared = new WeakMap<object, PreparedLearner>();
/** Configs by what they say: one that is written twice is trained once. The oldest goes where there are many. */
const preparedConfigs = new Map<string, PreparedLearner>();
const MAX_KEPT = 16;

/**
 * Makes a learner ready. Asked again for the same object it gives the same answer: several matchers cost one run.
 *
 * @throws {InputError} for a config that breaks a rule; what needs files or models is looked at later.
 */
export function prepare(learner: Learner): PreparedLearner {
  if (typeof learner === "string") return measured(learner);
  const known = prepared.get(learner);
  if (known) return known;
  const made = isWrittenConfig(learner) ? prepareConfig(parseConfig(learner)) : measured(learner as What);
  prepared.set(learner, made);
  return made;
}

function isWrittenConfig(learner: Exclude<Learner, string>): learner is ConfigInput {
  const isDefined = typeof (learner as DefinedSubject).config === "function";
  return !isDefined && !isSubject(learner) && !isModelWithData(learner);
}

function prepareConfig(config: Config): PreparedLearner {
  // The subject behind a name may be redefined, so it is not shared.
  if (kindOf(config).runsCode) return measured(config);
  const text = JSON.stringify(config);
  const made = preparedConfigs.get(text) ?? measured(config);
  preparedConfigs.delete(text);
  preparedConfigs.set(text, made);
  const [oldest] = preparedConfigs.keys();
  if (preparedConfigs.size > MAX_KEPT && oldest !== undefined) preparedConfigs.delete(oldest);
  return made;
}

function measured(what: What, seed?: number): PreparedLearner {
  let pending: Promise<Outcome> | undefined;
  const resolve = async () => {
    await useEngine();
    return resolveWhat(what, { seed });
  };
  let known: KnownRun = { run: null, cause: null, cure: null, cured: null };
  const train = async () => {
    const { subject, thresholds } = await resolve();
    const outcome = await trainAndDiagnose(subject, { thresholds });
    known = { ...known, run: portrayRun(subject, outcome), cause: outcome.findings[0] ?? null };
    return outcome;
  };
  const outcome = () => (pending ??= train());
  const laws = async (asked?: readonly Law[]) => {
    const { subject, thresholds } = await resolve();
    const { bitExact } = await useEngine();
    const { run } = await outcome();
    const checked = await checkLaws(subject, { thresholds, bitExact, run, ...(asked && { laws: asked }) });
    return checked.laws;
  };
  let search: Promise<CureSearch | null> | undefined;
  const findCure = async () => {
    const { config } = await resolve();
    const { bitExact } = await useEngine();
    const found = config && (await proveCure(config, await outcome(), { bitExact }));
    if (found?.cure && found.cured)
      known = {
        ...known,
        cause: found.causes[0] ?? known.cause,
        cure: found.cure.change,
        cured: portrayRun(found.cured.subject, { run: found.cured.run, verdict: "learns" }),
      };
    return found;
  };
  return {
    resolve,
    outcome,
    known: () => known,
    cures: () => (search ??= findCure()),
    laws,
    verdict: async () => (await outcome()).verdict,
    law: async (law) => (await laws([law]))[0],
    withSeed: (other) => measured(what, other),
  };
}

/**
 * Starts the engine that `LEARNPROOF_ENGINE` names, or the WebAssembly one. Asked every time: specs before may have
 * left another one running.
 */
export function useEngine(): Promise<Engine> {
  return startEngine({ environment: process.env });
}
