import { printValue } from "../../foundation/input/inputError.ts";
import { createPalette } from "../../foundation/print/palette.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import { plotCurves } from "./curve.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";
import { type GateResult, stateOf } from "./gateResult.ts";
import {
  capsuleLine,
  headline,
  printChance,
  printLearning,
  printSide,
  replayLine,
  titleOf,
} from "./words.ts";

/** A run of the gate for a terminal: each subject, what changed, and what regressed more closely. */
export function describeGate(result: GateResult): string {
  const palette = createPalette();
  const { subjects, changes, engine } = result;
  const regressed = subjects.filter((subject) => stateOf(subject) === "regressed");
  return [
    palette.bold((result.passed ? palette.green : palette.red)(headline(result))),
    printTable({
      head: ["", "subject", "now", "config"],
      rows: subjects.map((subject) => {
        const state = stateOf(subject);
        return [
          paint(palette, state),
          plain(subject.name),
          printLearning(subject),
          plain(subject.configFile),
        ];
      }),
    }),
    ...(changes.length > 0 ? [describeChanges(changes, palette)] : []),
    ...regressed.map((subject) => describeRegression(subject, engine)),
    ...result.kept.map((run) => `  Kept: ${plain(capsuleLine(run))}`),
  ].join("\n");
}

type Palette = ReturnType<typeof createPalette>;

function describeChanges(changes: readonly GateChange[], palette: Palette): string {
  return printTable({
    head: ["", "subject", "what", "baseline", "now", "by chance"],
    aligns: ["left", "left", "left", "right", "right", "left"],
    rows: changes.map((change) => {
      const { kind, subject, metric, baseline, now } = change;
      const sides = [printSide(metric, baseline), printSide(metric, now)];
      return [paint(palette, kind), plain(subject), titleOf(metric), ...sides, printChance(change)];
    }),
  });
}

function paint(palette: Palette, state: string): string {
  if (state === "regressed") return palette.red(state);
  if (state === "improved") return palette.green(state);
  return state === "notice" ? palette.yellow(state) : state;
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
