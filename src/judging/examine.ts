import type { Subject } from "../learning/subject/subject.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import type { Finding } from "./diagnosis/finding.ts";
import type { DataFinding } from "./evidence/data/dataFinding.ts";
import { findData } from "./evidence/data/findData.ts";
import { checkLaws, type LawCheck, type LawCheckOptions, needsDiagnosis } from "./law/checkLaws.ts";
import { learnsTheSameTwice } from "./law/learnsTheSameTwice.ts";
import { leaveToAuthor } from "./leaveToAuthor.ts";
import { fairThresholds } from "./outcome/fairThresholds.ts";

/** A subject that the laws have judged, and the causes of its failure. */
export interface Examination extends LawCheck {
  /** The causes, the likeliest first; empty if every law holds and the run learns. */
  readonly findings: readonly Finding[];
  /** What the data say by themselves; none of it breaks a law. */
  readonly data: readonly DataFinding[];
  /** Says how far a run has come that ends on its way, of which that is no fault; left out for others. */
  readonly onItsWay?: string;
}

/**
 * Whether a check holds. One of a run that its caller ended, of which nothing is found that stands whatever more steps do,
 * neither holds nor fails.
 */
export function stateOf({ holds, verdict, findings }: Examination): "holds" | "fails" | "unfinished" {
  if (verdict !== "unfinished") return needsDiagnosis({ holds, verdict }) ? "fails" : "holds";
  return holds && findings.length === 0 ? "unfinished" : "fails";
}

/**
 * Measures every law on a subject, and diagnoses it if a law or the verdict fails. Of a run that is merely on its way when its
 * last step comes, the laws that ask how far it has come are not asked: see {@link leaveToAuthor}.
 */
export async function examine(subject: Subject, options: LawCheckOptions): Promise<Examination> {
  const checked = await checkLaws(subject, options);
  const { thresholds } = options;
  const { run, verdict, laws } = checked;
  const repeats = laws.every(({ name, holds }) => holds || name !== learnsTheSameTwice.name);
  const findings = needsDiagnosis(checked)
    ? await diagnose(subject, run, { thresholds, verdict, repeats })
    : [];
  const examined = { ...checked, findings, data: findData(subject) };
  return leaveToAuthor(examined, subject, fairThresholds(subject, thresholds));
}
