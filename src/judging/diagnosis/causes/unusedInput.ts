import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { findHiddenSteps, type HiddenSteps } from "../../evidence/series/hiddenSteps.ts";
import { unusedColumns } from "../../evidence/unusedColumns.ts";
import type { Cause, Suspicion } from "../cause.ts";

export const unusedInput: Cause<"unused-input"> = {
  name: "unused-input",
  claim: "the model does not look at a column that matters",
  silent: true,
  async examine({ subject, run, fails }) {
    const hidden = fails === "training" ? await findHiddenSteps(subject) : null;
    if (hidden) return describeHidden(hidden);
    const unused = await unusedColumns(subject, run);
    if (unused === null || unused.length === 0) return null;
    const names = unused.map(({ name }) => name).join(", ");
    return {
      rank: "a column is not used",
      evidence: `${names} changes no prediction, although what the run gets wrong depends on it: look at what the model slices off or multiplies by 0 on its way`,
    };
  },
  cures: (config) => ["rework" in config ? changeConfig(config, { "rework.masking": false }) : null],
};

/** Where it is hidden tells something of the targets if it leaves less of them than this. */
const TELLS = 0.9;

function describeHidden({ layer, value, share, leftByPlaces }: HiddenSteps): Suspicion {
  const tells = leftByPlaces !== null && leftByPlaces < TELLS;
  const matters = tells
    ? `, and which ones are hidden tells of the targets: ${percent(leftByPlaces)} of them are left open by that alone`
    : "";
  return {
    rank: tells ? "a mask hides what matters" : "a mask hides steps between others",
    evidence: `${layer} hides every step that is ${printNumber(value)}, which is ${percent(share)} of the steps between others${matters}; a mask is for steps that only fill up the end or the start`,
  };
}
