import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { type TrainingRun, type TrainOptions, train } from "../../learning/training/train.ts";
import type { Law, LawContext, LawResult } from "./law.ts";
import { laws } from "./laws.ts";
import { judge, type Verdict } from "./verdict.ts";

/** A subject judged by every law that applies to it. */
export interface Check {
  readonly verdict: Verdict;
  readonly laws: readonly LawResult[];
  /** Whether every law holds. */
  readonly holds: boolean;
  /** The subject's own run. */
  readonly run: TrainingRun;
}

/** Whether something is amiss, a law or the verdict, that a diagnosis should explain. */
export function needsDiagnosis({ holds, verdict }: Check): boolean {
  return !holds || verdict !== "learns";
}

export interface CheckOptions {
  readonly thresholds: Thresholds;
  readonly bitExact: boolean;
  /** @defaultValue every law */
  readonly laws?: readonly Law[];
  /** The subject's own run, where it was made already. */
  readonly run?: TrainingRun;
  /** Called when work on a law begins, and after each training step it makes. */
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface CheckProgress {
  readonly law: Law;
  /** Steps made and wanted of the run in hand; both 0 when the law begins. */
  readonly step: number;
  readonly steps: number;
  /** Loss of the step, null when the law begins. */
  readonly loss: number | null;
}

/** Measures every law on a subject. */
export async function checkLaws(subject: Subject, options: CheckOptions): Promise<Check> {
  const { thresholds, bitExact, onProgress } = options;
  const results: LawResult[] = [];
  let run = options.run && Promise.resolve(options.run);
  for (const law of options.laws ?? laws) {
    onProgress?.({ law, step: 0, steps: 0, loss: null });
    const trainFor = (variant: Subject, trainOptions: TrainOptions) =>
      train(variant, {
        ...trainOptions,
        onStep: (step, loss) => onProgress?.({ law, step, steps: variant.steps, loss }),
      });
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
  const finished = await (run ?? train(subject));
  return {
    verdict: judge(finished, thresholds),
    laws: results,
    holds: results.every(({ holds }) => holds),
    run: finished,
  };
}
