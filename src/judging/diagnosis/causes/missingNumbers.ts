import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const missingNumbers: Cause<"missing-numbers"> = {
  name: "missing-numbers",
  claim: "numbers are missing from the examples",
  silent: true,
  examine({ subject: { gaps }, fails, askedFaults }) {
    const asked = suspectAsked(askedFaults, "incomplete", "numbers of asked rows are missing");
    if (asked) return asked;
    if (gaps === undefined || fails !== "training") return null;
    const { count, rows, where } = gaps;
    return {
      rank: "numbers are missing",
      evidence: `${where} ${where.startsWith("columns") || where.includes(" and ") ? "have" : "has"} numbers that are NaN or infinite, in ${rows.length} of ${count} examples (${percent(rows.length / count)}): the loss of every batch that holds one of them is NaN, and so is every weight after it`,
    };
  },
  byHand:
    "find out where they come from (an empty cell, a column divided by a spread of 0, the logarithm of 0), and fill them or leave their rows or columns out",
  cures: (config) => [config.subject === "own" ? changeConfig(config, { "data.fillGaps": true }) : null],
};
