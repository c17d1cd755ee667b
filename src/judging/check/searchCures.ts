import type { Config } from "../../learning/config/schema.ts";
import { type CureOptions, type CureSearch, withoutSearch } from "../diagnosis/cure/attempt.ts";
import { proveCure } from "../diagnosis/proveCure.ts";
import { type Examination, stateOf } from "../examine.ts";
import { needsDiagnosis } from "../law/checkLaws.ts";

/** Tries changes if something fails and changes can be tried. */
export async function searchCures(
  config: Config | null,
  examination: Examination,
  how: CureOptions,
  wanted: boolean,
): Promise<CureSearch> {
  const { findings } = examination;
  if (config === null)
    return withoutSearch(findings, "the program made this subject itself, so no config can be changed");
  if (!wanted) return withoutSearch(findings, "no cures were asked for");
  if (!needsDiagnosis(examination)) return withoutSearch(findings, "nothing fails");
  if (stateOf(examination) === "unfinished") return withoutSearch(findings, "the run may still learn");
  try {
    return await proveCure(config, examination, how);
  } catch (error) {
    const reason = how.leavesOut?.(error) ?? null;
    if (reason === null) throw error;
    return withoutSearch(findings, reason);
  }
}
