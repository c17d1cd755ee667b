import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { JudgedCause } from "./attempt.ts";
import { howItHolds } from "./causeWords.ts";
import { afterSteps } from "./cutRun.ts";
import { isNeeded } from "./needed.ts";
import { removedBy } from "./origin.ts";
import { removedFacts } from "./removedFacts.ts";
import type { SearchRecord } from "./searchRecord.ts";

/** Names the causes that no rule suspected, and whose change the cure needs all the same. */
export function unsuspected(record: SearchRecord): readonly JudgedCause[] {
  const { config, cure, findings, attempts } = record;
  if (!cure || removedFacts(record).length > 0) return [];
  const known = findings.map(({ cause }) => cause);
  const alone = Object.keys(cure.values).length === 1;
  return removedBy(cure.values, config).flatMap((causes, field): JudgedCause[] => {
    const [cause] = causes;
    if (cause === undefined || causes.some((one) => known.includes(one))) return [];
    const [path, value] = Object.entries(cure.values)[field] as [string, unknown];
    if (!isNeeded(path, cure, attempts)) return [];
    const change = changeConfig(config, { [path]: value })?.description ?? cure.change;
    const evidence = `no measurement points to it, but changing it belongs to what makes every law hold: ${change}`;
    const status = alone ? "proven" : "contributes";
    const why = alone
      ? `${change}: with this alone ${howItHolds(cure)}${afterSteps(cure.cut)}`
      : `together ${howItHolds(cure)}: ${cure.change}`;
    return [{ cause, rank: 0, evidence, status, why, change: cure.change }];
  });
}
