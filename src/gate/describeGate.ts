import Table from "cli-table3";
import { printValue } from "../config/inputError.ts";
import { createPalette } from "../report/palette.ts";
import { plotCurves } from "./curve.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import { type GateResult, stateOf } from "./gateResult.ts";
import { headline, printChance, printSide, replayLine, titleOf } from "./words.ts";

/** A run of the gate for a terminal: the changes as a table, and what regressed more closely. */
export function describeGate(result: GateResult): string {
  const palette = createPalette();
  const colour = { regressed: palette.red, improved: palette.green, notice: palette.yellow } as const;
  const table = new Table({
    head: ["", "subject", "what", "baseline", "now", ""],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: ["left", "left", "left", "right", "right", "left"],
  });
  for (const change of result.changes) {
    const { kind, subject, metric, baseline, now } = change;
    const sides = [printSide(metric, baseline), printSide(metric, now)];
    table.push([colour[kind](kind), plain(subject), titleOf(metric), ...sides, printChance(change)]);
  }
  const regressed = result.subjects.filter((subject) => stateOf(subject) === "regressed");
  return [
    palette.bold((result.passed ? palette.green : palette.red)(headline(result))),
    ...(result.changes.length > 0 ? [table.toString()] : []),
    ...regressed.map((subject) => describeRegression(subject, result.engine)),
  ].join("\n");
}

function describeRegression(subject: GatedSubject, engine: string): string {
  return [
    `\n${plain(subject.name)}, loss from its first seed:`,
    plotCurves(curvesOf(subject)),
    ...subject.configChanges.map(({ field, baseline, now }) => `  ${plain(field)}: ${baseline} → ${now}`),
    `  Replay: ${plain(replayLine(subject, engine))}`,
  ].join("\n");
}

/** The losses of the first seed, before and now. */
export function curvesOf({
  baseline,
  measurements,
}: GatedSubject): Record<string, readonly (number | null)[]> {
  const [first] = measurements;
  const before = baseline?.measurements.find(({ seed }) => seed === first?.seed);
  return { ...(before && { baseline: before.curve }), ...(first && { now: first.curve }) };
}

/** Names come from files: one that would break a line or steer the terminal is shown as JSON writes it. */
function plain(text: string): string {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) ? printValue(text) : text;
}
