import { createPalette } from "../../foundation/print/palette.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import { printConfigChanges } from "./configChanges.ts";
import { curvesOf, plotCurves } from "./curve.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";
import { type GateResult, stateOf, type TableRow, tableOf } from "./gateResult.ts";
import { LONGEST_COMMAND, plain } from "./plain.ts";
import {
  COLUMNS,
  capsuleLine,
  headline,
  printExpected,
  printLearning,
  printPromise,
  printRow,
  printSides,
  printSuspicion,
  replayLine,
} from "./words.ts";

/** A run of the gate for a terminal: each subject, what changed, and what regressed more closely. */
export function describeGate(result: GateResult): string {
  const palette = createPalette();
  const { subjects, changes, engine } = result;
  const rows = tableOf(result);
  const notices = changes.filter(({ kind, p }) => kind === "notice" && p === undefined);
  const suspicion = printSuspicion(result);
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
    ...subjects.flatMap((subject) => {
      const expected = printExpected(subject);
      return expected === null ? [] : [`${plain(subject.name)}: ${expected}`];
    }),
    ...(rows.length > 0 ? [describeTable(rows, palette), printPromise(result)] : []),
    ...notices.map((notice) => describeNotice(notice, palette)),
    ...(suspicion === null ? [] : [palette.yellow(suspicion)]),
    ...regressed.map((subject) => describeRegression(subject, engine)),
    ...result.kept.map((run) => `  Kept: ${plain(capsuleLine(run), LONGEST_COMMAND)}`),
  ].join("\n");
}

type Palette = ReturnType<typeof createPalette>;

function describeTable(rows: readonly TableRow[], palette: Palette): string {
  return printTable({
    head: ["", "subject", ...COLUMNS],
    aligns: ["left", "left", "left", "right", "right", "right", "left", "left", "right", "right"],
    rows: rows.map((row) => [paint(palette, row.kind), plain(row.subject), ...printRow(row)]),
  });
}

function describeNotice(notice: GateChange, palette: Palette): string {
  const { subject, metric } = notice;
  return `${paint(palette, "notice")}: ${plain(subject)}, ${metric.title} ${printSides(notice).join(" → ")}`;
}

function paint(palette: Palette, state: string): string {
  if (state === "regressed") return palette.red(state);
  if (state === "improved") return palette.green(state);
  return state === "notice" || state === "unclear" ? palette.yellow(state) : state;
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
