// `gate --update`: new baselines in place of the old ones.

import { writeBaselines } from "../keeping/gate/baseline.ts";
import { type GateResult, gatherResult, stateOf } from "../keeping/gate/gateResult.ts";
import type { GateCommandOptions } from "./gateOptions.ts";
import { proposeAll, type SubjectsToGate } from "./gateSubjects.ts";

/** Writes every new baseline, or none where one is worse than the one before and nobody accepted that. */
export async function updateBaselines(
  gating: SubjectsToGate,
  options: GateCommandOptions,
): Promise<GateResult> {
  const proposals = await proposeAll(gating, options);
  const gated = proposals.map((proposal) => proposal.gated);
  const worse = gated.some((subject) => stateOf(subject) === "regressed");
  const mode = worse && !options.acceptWorse ? "refused" : "updated";
  if (mode === "updated")
    await writeBaselines(
      options.folder,
      proposals.map(({ baseline }) => baseline),
    );
  const { falseAlarms, reason = null } = options;
  const about = { engine: gating.options.engine.name, falseAlarms, reason, kept: [] };
  return gatherResult(gated, { ...about, mode, unchanged: gating.unchanged });
}
