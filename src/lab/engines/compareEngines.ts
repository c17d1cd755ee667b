import { REFERENCE } from "./reference.ts";
// This file trains each subject on every engine that starts here, and compares the results and the speed with wasm, the
// default. It measures the laws engine by engine in this process, and times the training steps in turns in separate
// processes.

import { InputError } from "../../foundation/input/inputError.ts";
import type { CauseName } from "../../judging/diagnosis/causes.ts";
import { examine } from "../../judging/examine.ts";
import type { LawCheck } from "../../judging/law/checkLaws.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import { engines as descriptors } from "../../learning/engine/engines.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { firstGradients } from "./firstGradients.ts";
import { gradientDifference } from "./gradientDifference.ts";
import { measure, type Sampling, speedRatio, type Timing } from "./measure.ts";

/** A subject to compare engines on. */
export interface Compared {
  readonly title: string;
  readonly config: Config;
}

/** The result of one subject on one engine. */
export interface Result {
  readonly engine: EngineName;
  /** See {@link Engine.device}. */
  readonly device: string;
  readonly check: LawCheck;
  /** The likeliest cause if the subject fails; null otherwise. */
  readonly cause: CauseName | null;
  /** See {@link gradientDifference}; also null if the reference engine does not run the subject. */
  readonly gradientDifference: number | null;
  /** The largest `gradientDifference` that is allowed. */
  readonly tolerance: number;
  /** Whether verdict, laws and gradients equal those of the reference, the gradients within the tolerance. */
  readonly agrees: boolean;
  /** Median time of a training step in milliseconds; samples of all engines take turns. */
  readonly msPerStep: number;
  /** Speed of a step as a multiple of the reference's, in the same rounds; null if the reference does not run. */
  readonly speed: number | null;
}

/** An engine that does not start here, or cannot run a subject, with the reason in one line. */
export interface Missing {
  readonly engine: EngineName;
  readonly reason: string;
}

/** One subject on the engines. */
export interface Comparison {
  readonly title: string;
  readonly results: readonly Result[];
  /** Engines that started but cannot run this subject. */
  readonly failures: readonly Missing[];
}

export interface Parity {
  /** Whether every engine that starts runs every subject, and agrees with the reference. */
  readonly agree: boolean;
  readonly comparisons: readonly Comparison[];
  /** Engines that do not start here. */
  readonly missing: readonly Missing[];
}

/** Options of {@link compareEngines}. Progress names the engine and the law as its task. */
export interface ParityOptions extends Watch {
  /** How long the steps are timed. @defaultValue some seconds for each engine and subject */
  readonly sampling?: Sampling | undefined;
}

/** Compares engines on subjects. Afterwards, the engine that was compared last is the running one. */
export async function compareEngines(
  subjects: readonly Compared[],
  engines: readonly EngineName[],
  options: ParityOptions = {},
): Promise<Parity> {
  const missing: Missing[] = [];
  for (const engine of engines) {
    const reason = await descriptors[engine].whyUnavailable();
    if (reason !== null) missing.push({ engine, reason });
  }
  const present = engines.filter((name) => !missing.some(({ engine }) => engine === name));
  const comparisons: Comparison[] = [];
  for (const subject of subjects) comparisons.push(await compareOn(present, subject, options));
  return {
    agree: comparisons.every(
      ({ results, failures }) => failures.length === 0 && results.every(({ agrees }) => agrees),
    ),
    comparisons,
    missing,
  };
}

async function compareOn(
  engines: readonly EngineName[],
  { title, config }: Compared,
  { sampling, ...watch }: ParityOptions,
): Promise<Comparison> {
  const runs: EngineRun[] = [];
  const failures: Missing[] = [];
  const refusals: InputError[] = [];
  for (const engine of engines) {
    try {
      runs.push(await runOn(engine, config, watch));
    } catch (error) {
      if (error instanceof InputError) refusals.push(error);
      failures.push({
        engine,
        reason: String((error as Error)?.message ?? error).split("\n", 1)[0] as string,
      });
    }
  }
  // A subject that no engine can run is bad input; one that only some engines can run is a difference between them.
  const [refusal] = refusals;
  if (refusal && refusals.length === engines.length) throw refusal;
  const step = { variant: "learnproof", pass: "step", probes: false, threads: 1 } as const;
  const timings = await measure(
    runs.map(({ engine }) => ({ ...step, engine, config })),
    sampling,
  );
  const place = runs.findIndex(({ engine }) => engine === REFERENCE);
  const reference = runs[place];
  const results = runs.map((run, index) => {
    const timing = timings[index] as Timing;
    const speed = reference ? speedRatio(timing, timings[place] as Timing) : null;
    return { ...holdAgainst(run, reference), msPerStep: timing.msPerStep, speed };
  });
  return { title, results, failures };
}

interface EngineRun extends Pick<Result, "engine" | "device" | "check" | "cause"> {
  readonly gradients: readonly Float32Array[];
}

async function runOn(name: EngineName, config: Config, { onProgress, signal }: Watch): Promise<EngineRun> {
  const { bitExact, device } = await startEngine({ name });
  const subject = await createSubject(config);
  const { thresholds } = config;
  const gradients = await firstGradients(subject);
  const check = await examine(subject, {
    thresholds,
    bitExact,
    signal,
    onProgress: (progress) => onProgress?.({ ...progress, task: `${name} ${progress.task}` }),
  });
  return { engine: name, device, gradients, check, cause: check.findings[0]?.cause ?? null };
}

function holdAgainst(
  { gradients, ...run }: EngineRun,
  reference: EngineRun | undefined,
): Omit<Result, "msPerStep" | "speed"> {
  const difference = reference ? gradientDifference(gradients, reference.gradients) : null;
  const tolerance = descriptors[run.engine].tolerance(run.device).gradients;
  return {
    ...run,
    gradientDifference: difference,
    tolerance,
    agrees:
      (difference ?? 0) <= tolerance &&
      (reference === undefined || concludes(run.check) === concludes(reference.check)),
  };
}

/** Joins the verdict and the laws that hold into one string, so that two results can be compared. */
function concludes({ verdict, laws }: LawCheck): string {
  return [verdict, ...laws.map(({ name, holds }) => `${name}:${holds}`)].join(" ");
}
