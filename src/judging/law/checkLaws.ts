import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { type TrainingRun, type TrainOptions, train } from "../../learning/training/train.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";
import type { Law, LawContext, LawResult } from "./law.ts";
import { laws } from "./laws.ts";

/** A subject judged by every law that applies to it. */
export interface LawCheck {
  readonly verdict: Verdict;
  readonly laws: readonly LawResult[];
  /** Whether every law holds. */
  readonly holds: boolean;
  /** The subject's own run. */
  readonly run: TrainingRun;
}

/** Whether a law is broken or the verdict is not `learns`, so that a diagnosis should explain it. */
export function needsDiagnosis({ holds, verdict }: Pick<LawCheck, "holds" | "verdict">): boolean {
  return !holds || verdict !== "learns";
}

/** Progress is reported with the name of the law as its task. */
export interface LawCheckOptions extends Watch {
  readonly thresholds: Thresholds;
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** @defaultValue every law */
  readonly laws?: readonly Law[];
  /** The subject's own run, if the caller has made it already. */
  readonly run?: TrainingRun;
}

/** Measures every law on a subject, which {@link createSubject} may still be creating. */
export async function checkLaws(
  created: Subject | Promise<Subject>,
  options: LawCheckOptions,
): Promise<LawCheck> {
  const subject = await created;
  const { thresholds, bitExact } = options;
  const results: LawResult[] = [];
  let run = options.run && Promise.resolve(options.run);
  for (const law of options.laws ?? laws) {
    options.signal?.throwIfAborted();
    const trainFor = (variant: Subject, trainOptions: TrainOptions) =>
      train(variant, { ...trainOptions, ...named(law.name, options) });
    const context: LawContext = {
      subject,
      thresholds,
      bitExact,
      run: () => (run ??= trainFor(subject, { probes: true })),
      train: (variant, until) => trainFor(variant, { probes: false, until }),
    };
    const measurement = await law.measure(context);
    if (measurement) results.push({ name: law.name, claim: law.claim, ...measurement });
  }
  const finished = await (run ?? train(subject, options));
  return {
    verdict: judge(finished, thresholds),
    laws: results,
    holds: results.every(({ holds }) => holds),
    run: finished,
  };
}
