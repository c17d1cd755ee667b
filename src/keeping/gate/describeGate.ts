import { createPalette } from "../../foundation/print/palette.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import { printConfigChanges } from "./configChanges.ts";
import { curvesOf, plotCurves } from "./curve.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";
import { type GateResult, stateOf } from "./gateResult.ts";
import { LONGEST_COMMAND, plain } from "./plain.ts";
import { capsuleLine, headline, printChance, printLearning, printSides, replayLine } from "./words.ts";

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
        const { name, configFile, measurements } = subject;
        return [
          paint(palette, stateOf(subject)),
          plain(name),
          printLearning(measurements),
          plain(configFile),
        ];
      }),
    }),
    ...(changes.length > 0 ? [describeChanges(changes, palette)] : []),
    ...regressed.map((subject) => describeRegression(subject, engine)),
    ...result.kept.map((run) => `  Kept: ${plain(capsuleLine(run), LONGEST_COMMAND)}`),
  ].join("\n");
}

type Palette = ReturnType<typeof createPalette>;

function describeChanges(changes: readonly GateChange[], palette: Palette): string {
  return printTable({
    head: ["", "subject", "what", "baseline", "now", "by chance"],
    aligns: ["left", "left", "left", "right", "right", "left"],
    rows: changes.map((change) => {
      const { kind, subject, metric } = change;
      return [paint(palette, kind), plain(subject), metric.title, ...printSides(change), printChance(change)];
    }),
  });
}

function paint(palette: Palette, state: string): string {
  if (state === "regressed") return palette.red(state);
  if (state === "improved") return palette.green(state);
  return state === "notice" ? palette.yellow(state) : state;
}

function describeRegression(subject: GatedSubject, engine: string): string {
  const { fields, rest } = printConfigChanges(subject.configChanges);
  return [
    `\n${plain(subject.name)}, loss from its first seed:`,
    plotCurves(curvesOf(subject)),
    ...fields.map(({ field, baseline, now }) => `  ${field}: ${baseline} → ${now}`),
    ...(rest === null ? [] : [`  ${rest}`]),
    `  Replay: ${plain(replayLine(subject, engine), LONGEST_COMMAND)}`,
  ].join("\n");
}
