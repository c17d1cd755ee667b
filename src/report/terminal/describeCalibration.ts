import { clopperPearson } from "../../foundation/numbers/clopperPearson.ts";
import { percent } from "../../foundation/print/printNumber.ts";
import type { CalibrationSummary } from "../../lab/calibration/summary.ts";

/** A calibration as a Markdown table, fit for a terminal and for a README. */
export function describeCalibration(summary: CalibrationSummary): string {
  const { mutants, killed, named, harmless, healthy, falseAlarms, alarms, rows } = summary;
  const cells = rows.map(({ mutation, harmful, killed: caught, named: right, laws, causes }) => [
    mutation,
    harmful === 0 ? "harmless" : `${caught} of ${harmful}`,
    harmful === 0 ? "" : `${right} of ${harmful}`,
    Object.keys(laws)[0] ?? "",
    Object.keys(causes)[0] ?? "",
  ]);
  return [
    `Caught ${killed} of ${mutants} harmful mutants${rate(killed, mutants)} and named ${named} rightly${rate(named, mutants)}; ${falseAlarms} of ${healthy} healthy configs accused${rate(falseAlarms, healthy)}. ${harmless} mutants did no harm.`,
    ...alarms.map(
      ({ config, verdict, brokenLaws, cause }) =>
        `accused: ${config.subject}, seed ${config.seed}: ${verdict}, ${brokenLaws.join(", ")}, ${cause ?? "no cause"}`,
    ),
    "",
    ...markdownTable(["mutation", "caught", "named", "first by law", "named as"], cells),
  ].join("\n");
}

/** The exact 95 % interval of a rate, in brackets; empty where nothing was counted. */
function rate(held: number, of: number): string {
  if (of === 0) return "";
  const { low, high } = clopperPearson(held, of);
  return ` (95 %: ${percent(low)} to ${percent(high)})`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
