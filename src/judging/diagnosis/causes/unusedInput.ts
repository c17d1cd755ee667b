import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { findHiddenSteps, type HiddenSteps } from "../../evidence/series/hiddenSteps.ts";
import { findUnreadSteps, type UnreadSteps } from "../../evidence/series/unreadSteps.ts";
import { unusedColumns } from "../../evidence/unusedColumns.ts";
import type { Cause, Suspicion } from "../cause.ts";

export const unusedInput: Cause<"unused-input"> = {
  name: "unused-input",
  claim: "the model does not look at a column that matters",
  silent: true,
  async examine({ subject, run, fails }) {
    const hidden = fails === "training" ? await findHiddenSteps(subject) : null;
    if (hidden) return describeHidden(hidden);
    const unread = fails === "training" ? await findUnreadSteps(subject, run) : null;
    if (unread) return describeUnread(unread);
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

function describeUnread({ steps, read, matters }: UnreadSteps): Suspicion {
  const [first = 0] = read;
  const seen =
    read.length === 0
      ? "none"
      : `${read.length === 1 ? "step" : "steps"} ${first + 1}${read.length > 1 ? ` to ${(read.at(-1) ?? 0) + 1}` : ""} alone`;
  return {
    rank: "a column is not used",
    evidence: `of the ${steps} steps of a sequence the outputs depend on ${seen}, and what the run gets wrong depends on step ${matters + 1} as well: look at which step the model takes, such as x[:, 0] in place of x[:, -1], or return_sequences=False`,
  };
}

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
