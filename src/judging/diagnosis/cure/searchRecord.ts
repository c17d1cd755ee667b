import type { Config } from "../../../learning/config/schema.ts";
import type { CheckVerdict } from "../../outcome/openEnd.ts";
import type { Finding } from "../finding.ts";
import type { Attempt, Cure, NotTried } from "./attempt.ts";
import type { Suspect } from "./suspects.ts";

/** What the search for cures has seen. */
export interface SearchRecord {
  readonly config: Config;
  /** How the original run ended. */
  readonly verdict: CheckVerdict;
  /** Mean squared error over Var(Y) of the original run, or the error by its own measure over that of the best constant; null if it is not known. */
  readonly lossOverVariance: number | null;
  readonly findings: readonly Finding[];
  readonly suspects: readonly Suspect[];
  readonly attempts: readonly Attempt[];
  readonly notTried: readonly NotTried[];
  readonly cure: Cure | null;
}
