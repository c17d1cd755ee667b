// Says what the attempts of a search have shown of a cause.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import { nameOfError } from "../../../learning/config/ownDefaults.ts";
import type { Cause } from "../cause.ts";
import { type CauseName, causes } from "../causes.ts";
import type { Attempt, Cure } from "./attempt.ts";
import { afterSteps } from "./cutRun.ts";
import type { SearchRecord } from "./searchRecord.ts";
import { causeThatStandsAlone } from "./suspects.ts";

/** Says which laws hold behind a cure. */
export function howItHolds({ isOnItsWay }: Cure): string {
  return isOnItsWay
    ? "every law holds that is asked of a run which tells most, and is on its way"
    : "every law holds";
}

/** Says what a change did that contributes. */
export function describeHelp(
  { change, lossOverVariance, brokenLaws }: Attempt,
  record: SearchRecord,
): string {
  const laws = brokenLaws.length > 0 ? `, but ${brokenLaws.join(", ")} does not hold` : "";
  return `${change}: ${nameOfError(record.config)} goes from ${printNumber(record.lossOverVariance)} to ${printNumber(lossOverVariance)}${laws}`;
}

/** Says that a changed run still fails. */
export function describeFailure({ change, config, verdict, lossOverVariance }: Attempt): string {
  const how = verdict === "learns" ? "in what only held-out examples or the data show" : verdict;
  return `${change}: the run still fails (${how}, ${nameOfError(config)} ${printNumber(lossOverVariance)})`;
}

/** Says that a changed run was ended too early. */
export function describeOpen({ change, cut }: Attempt): string {
  return `${change}: the budget ended the run${afterSteps(cut)}, before it showed whether it learns`;
}

/** Says why no change of a cause was tried. */
export function whyNotTried(cause: CauseName, { findings, suspects, notTried }: SearchRecord): string {
  const suspect = suspects.find((one) => one.cause === cause);
  const alone = causeThatStandsAlone(findings);
  if (!suspect && alone?.standsAlone) return alone.standsAlone;
  if (!suspect) return "other causes are much likelier";
  const changes = new Set(suspect.proposals.map(({ change }) => change.description));
  const refused = notTried.find(({ change }) => changes.has(change));
  if (refused) return `${refused.change}: ${refused.reason}`;
  return changes.size === 0
    ? `no field of the config removes it: ${byHand(cause)}`
    : "a smaller change was proven first";
}

function byHand(name: CauseName): string {
  const cause: Cause | undefined = causes.find((one) => one.name === name);
  return cause?.byHand ?? "it is in the data, the code or an effect of another cause";
}
