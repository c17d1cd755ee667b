import type { Change, Values } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import type { IsLate } from "../../evidence/timeLeft.ts";
import type { Verdict } from "../../outcome/verdict.ts";
import type { CauseName } from "../causes.ts";
import type { Finding } from "../finding.ts";
import type { ChangeThreads } from "./changeThreads.ts";
import type { CutRun } from "./cutRun.ts";

/** A change to try: one that a cause proposes, or several of them together. */
export interface Proposal {
  /** The cause that proposes it, or the first of several. */
  readonly cause: CauseName;
  /** The change of the original config. */
  readonly change: Change;
}

/** A change that was tried. */
export interface Attempt {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** A description such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly change: string;
  /** The changed fields of the original config, with their new values. */
  readonly values: Values;
  readonly config: Config;
  readonly verdict: Verdict;
  /** Mean squared error over Var(Y) of the changed run; by an error measure of its own, the error over that of the best constant. */
  readonly lossOverVariance: number | null;
  /** Laws that the changed subject breaks; also empty if its run failed, since then no law is measured. */
  readonly brokenLaws: readonly string[];
  /** What the diagnosis finds for the changed run, the likeliest cause first. */
  readonly remaining: readonly CauseName[];
  /**
   * Whether the changed run learns, the diagnosis finds no cause, and every law holds. Where no change does as much, one
   * cures that brings the run so far on its way that a check of it would hold.
   */
  readonly cures: boolean;
  /** Whether a check of the changed run would leave to its author how far it goes. @defaultValue false */
  readonly isOnItsWay?: boolean;
  /** Where the budget ended the changed run; null if it made all its steps, or ended by itself. */
  readonly cut: CutRun | null;
}

/** A change that made every law hold. */
export type Cure = Attempt;

/** The changed subject with its run, so that a report can show it beside the broken one. */
export interface CuredRun {
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** A change that could not be tried. */
export interface NotTried {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** A description such as `rework.width 1 → 2`. */
  readonly change: string;
  /** Why it was not tried. */
  readonly reason: string;
}

/**
 * What trying its change has shown of a cause:
 *
 * - `proven`: its change alone makes every law hold
 * - `contributes`: its change alone lowers the error clearly, or changes that together make every law hold do not without it
 * - `acquitted`: its change was made, and the run fails as before
 * - `not-tried`: no change was tried for it, or none that removed it
 */
export type CauseStatus = "proven" | "contributes" | "acquitted" | "not-tried";

/** A cause with what the search for cures has shown of it. */
export interface JudgedCause extends Finding {
  readonly status: CauseStatus;
  /** What was tried and what came of it, or why nothing was tried. */
  readonly why: string;
  /** The change that proves it or contributes; null elsewhere. */
  readonly change: string | null;
}

/** The result of the search for cures. */
export interface CureSearch {
  /** The smallest change that cures; null if none did. */
  readonly cure: Cure | null;
  /** The run of that change; null without a cure. */
  readonly cured: CuredRun | null;
  /** All changes that were tried, in order. */
  readonly attempts: readonly Attempt[];
  /** Changes that were not tried: the subject's code or TensorFlow.js refuses them, or the search was at its end. */
  readonly notTried: readonly NotTried[];
  /** The causes, proven ones first. */
  readonly causes: readonly JudgedCause[];
}

/** Options of the search for cures. Progress names the change that is tried as its task. */
export interface CureOptions extends Watch {
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /**
   * Whether every likely cause is changed alone even after a cure is found, so that each gets its status.
   * @defaultValue false
   */
  readonly judgesAll?: boolean;
  /** Whether the time that the caller allows is spent; asked before each change. @defaultValue never */
  readonly isOver?: (() => boolean) | undefined;
  /** Returns the seconds that the run of the next change may take; undefined for no bound. @defaultValue no bound */
  readonly secondsForChange?: (() => number | undefined) | undefined;
  /** Whether there is no time left for so many steps of the subject. @defaultValue there always is */
  readonly isLate?: IsLate | undefined;
  /**
   * Returns why a change that ends in this error counts as not tried; null where the error is to be thrown on.
   * @defaultValue every error is thrown on
   */
  readonly leavesOut?: ((error: unknown) => string | null) | undefined;
  /** Threads that train with changes. @defaultValue every change is trained here */
  readonly changes?: ChangeThreads | null | undefined;
}

/** A result without any search: the causes as the rules order them. */
export function withoutSearch(findings: readonly Finding[], why: string): CureSearch {
  const causes = findings.map((finding) => ({ ...finding, status: "not-tried" as const, why, change: null }));
  return { cure: null, cured: null, attempts: [], notTried: [], causes };
}
