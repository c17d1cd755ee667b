// This is the single entry point: the command, the matchers and users' own programs call it to find out whether
// something learns.

import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Config } from "../../learning/config/schema.ts";
import { type Engine, startEngine } from "../../learning/engine/startEngine.ts";
import type { ModelData } from "../../learning/subject/compiled/modelData.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import type { CureOptions, CureSearch } from "../diagnosis/cure/attempt.ts";
import type { Examination } from "../examine.ts";
import { stepsAsked } from "../outcome/stepsMade.ts";
import { type CheckThreads, openCheckThreads } from "../workers/checkThreads.ts";
import { type Budget, startBudget } from "./budget.ts";
import type { CheckResult } from "./checkResult.ts";
import { examineFitted } from "./examineFitted.ts";
import { endOf, type Lengthened, lengthen } from "./lengthen.ts";
import { type OpenedLater, openLater } from "./openLater.ts";
import { searchCures } from "./searchCures.ts";
import { summariseCheck } from "./summariseCheck.ts";
import { leavesSomething, weaknessOf } from "./takenUp.ts";
import { type Resolved, resolveWhat, type What } from "./what/what.ts";
import type { WhatName, WhatOptions } from "./what/whatKind.ts";

/** Options of a check. Each has a default. */
export interface CheckOptions extends Watch, WhatOptions {
  /** Engine to run on. @defaultValue the one that `LEARNPROOF_ENGINE` names, else wasm */
  readonly engine?: string | undefined;
  /** Seed that replaces the config's, from 1 to 2147483647. @defaultValue the config's */
  readonly seed?: number | undefined;
  /** Whether the check tries cures if something fails. @defaultValue true */
  readonly cures?: boolean;
  /**
   * Seconds that the check may take. What there was no time for is listed as not measured or not tried. A run too long to
   * finish is judged on the steps that it has made: it is `unfinished` where more steps may still make it learn, and
   * accused only of what no further step changes. @defaultValue no bound but the work itself, so that the
   * result depends on no clock
   */
  readonly budget?: number | undefined;
  /**
   * How many trainings run at the same time, each on a thread of its own: attempts on few examples and changes that may
   * cure, from the second or so on that a check takes. The result is the same for every number. Threads make the subject
   * anew from its config, its files or learnproof.config; a model or a function that the program made itself, and sets of
   * more than 4 million numbers, stay with the calling thread. Progress is then reported now and then, and not each step.
   * @defaultValue 1
   */
  readonly workers?: number | undefined;
}

/** Options for a compiled model, together with the data that it is checked on. */
export type ModelCheckOptions = CheckOptions & ModelData;

/**
 * Finds out whether something learns: it trains the subject and measures every law. If a law fails, it names the cause
 * and tries changes until every law holds.
 *
 * @param what a config (an object, the path of its file, or the name of a subject of learnproof.config), a subject, or
 * a compiled model of TensorFlow.js together with its data.
 * @returns plain data, which JSON can hold.
 * @throws {InputError} for a config, a model or data that breaks a rule.
 * @throws the reason of `options.signal`, where it was aborted.
 *
 * @example
 * const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 8, activation: "relu" }), layers.dense({
 * units: 1 })] }); model.compile({ loss: "meanSquaredError", optimizer: "adam" }); const { verdict, cause, cure } =
 * await check(model, { x, y, epochs: 20 });
 */
export function check(what: What, options?: CheckOptions): Promise<CheckResult>;
export function check(what: LayersModel, options: ModelCheckOptions): Promise<CheckResult>;
export async function check(
  what: What | LayersModel,
  options: CheckOptions | ModelCheckOptions = {},
): Promise<CheckResult> {
  return summariseCheck(await runCheck(what, options));
}

/** A finished check with its runs, subject and tables of predictions. */
export interface FinishedCheck {
  readonly what: WhatName;
  /** Null for a subject that a program made itself. */
  readonly config: Config | null;
  readonly subject: Subject;
  readonly engine: Engine;
  readonly examination: Examination;
  readonly cures: CureSearch;
  /** Seconds of a budget in which the subject's own run would make all its steps; null where it made them. */
  readonly budgetToFinish: number | null;
  /** Sentences about earlier trainings of the same script, a later one that could not be checked, and a run that ends on its way. */
  readonly notes: readonly string[];
}

/** Does the work of {@link check} and returns everything that a report needs. */
export async function runCheck(
  what: What | LayersModel,
  options: CheckOptions | ModelCheckOptions = {},
): Promise<FinishedCheck> {
  const budget = startBudget(options.budget);
  const engine = await startEngine({ name: options.engine, environment: process.env });
  return checkResolved(
    await resolveWhat(what, { ...options, seconds: options.budget }),
    engine,
    budget,
    options,
  );
}

interface CheckHow extends Pick<CheckOptions, "signal" | "onProgress" | "cures" | "workers"> {
  /** Seconds after which workers start. @defaultValue when they are worth their start */
  readonly worthAfter?: number | undefined;
}

/**
 * Checks a subject that is resolved already, on an engine that runs already. Where it has learnt something, and a later
 * training of the same script takes that up, the later one is checked in its place.
 */
export async function checkResolved(
  resolved: Resolved,
  engine: Engine,
  budget: Budget,
  how: CheckHow = {},
): Promise<FinishedCheck> {
  const { later: behind, subject } = resolved;
  let opened: OpenedLater | null = null as OpenedLater | null;
  const first = await checkOne(resolved, engine, budget, {
    ...how,
    isLeft: async (examination) => {
      if (!behind || !leavesSomething(examination, behind)) return false;
      opened = await openLater(behind, subject.seed, budget, weaknessOf(examination));
      return opened.later !== null;
    },
  });
  if (opened === null) return first;
  const { later, note, left } = opened;
  const last = later === null ? first : await checkOne(later, engine, left, how);
  return { ...last, notes: [note, ...last.notes] };
}

async function checkOne(
  given: Resolved,
  engine: Engine,
  budget: Budget,
  { signal, onProgress, cures = true, workers = 1, worthAfter, isLeft }: CheckHow & Leaving = {},
): Promise<FinishedCheck> {
  const resolved = await lengthen(given, budget, { signal, onProgress });
  const threads = openCheckThreads({
    config: resolved.config,
    subject: resolved.subject,
    engine: engine.name,
    workers,
    worthAfter,
  });
  try {
    return await checkOn(threads, resolved, engine, budget, { signal, onProgress, cures, isLeft });
  } finally {
    await threads?.close();
  }
}

interface Leaving {
  /** Whether a later training is checked in the place of the one that was examined: no cure is then looked for. */
  readonly isLeft?: ((examination: Examination) => Promise<boolean>) | undefined;
}

async function checkOn(
  threads: CheckThreads | null,
  resolved: Lengthened,
  engine: Engine,
  budget: Budget,
  {
    signal,
    onProgress,
    cures: wantsCures,
    isLeft,
  }: Pick<CheckOptions, "signal" | "onProgress" | "cures"> & Leaving,
): Promise<FinishedCheck> {
  const { bitExact } = engine;
  const { leavesOut } = budget;
  const { config, subject, examination } = await examineFitted(resolved, {
    thresholds: resolved.thresholds,
    run: resolved.run,
    bitExact,
    signal,
    onProgress,
    isOver: endOf(resolved.subject, budget),
    leavesOut,
    isLate: budget.isLate,
    watchLaws: budget.watch("laws", { signal, onProgress }),
    rungs: threads?.rungs,
  });
  const how: CureOptions = {
    bitExact,
    judgesAll: true,
    isOver: budget.isOver,
    isLate: budget.isLate,
    secondsForChange: budget.forChange,
    leavesOut,
    changes: threads?.changes,
    ...budget.watch("cures", { signal, onProgress }),
  };
  const isLeftNow = (await isLeft?.(examination)) ?? false;
  const cures = await searchCures(config, examination, how, wantsCures !== false && !isLeftNow);
  const budgetToFinish = budget.toFinish(stepsAsked(subject));
  const notes = examination.onItsWay === undefined ? [] : [examination.onItsWay];
  return { what: resolved.what, config, subject, engine, examination, cures, budgetToFinish, notes };
}
