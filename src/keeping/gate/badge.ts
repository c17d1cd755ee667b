import type { GateResult } from "./gateResult.ts";
import { stateOf } from "./gateResult.ts";

/** A badge as JSON that shields.io's endpoint reads: how many subjects learn as they did. */
export function badgeJson({ subjects, unchanged, passed, mode }: GateResult): string {
  const all = subjects.length + unchanged.length;
  const regressed = subjects.filter((subject) => stateOf(subject) === "regressed").length;
  const message =
    mode === "updated" ? `${all} new baselines` : `${all - regressed} of ${all} learn as they did`;
  return `${JSON.stringify({ schemaVersion: 1, label: "learnproof", message, color: passed ? "brightgreen" : "red" })}\n`;
}
