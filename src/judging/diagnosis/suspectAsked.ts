import { type AskedFault, type AskedFaultKind, remedyOf } from "../evidence/asked/askedFault.ts";
import type { Suspicion } from "./cause.ts";
import type { RankName } from "./ranking.ts";

/** Suspects what is wrong with a question of the script, with the fields that undo it; null where nothing of the kind is. */
export function suspectAsked(
  faults: readonly AskedFault[],
  of: AskedFaultKind,
  rank: RankName,
): Suspicion | null {
  const fault = faults.find(({ kind }) => kind === of);
  if (!fault) return null;
  const remedy = remedyOf(faults);
  return { rank, evidence: fault.words, ...(remedy && { remedy }) };
}
