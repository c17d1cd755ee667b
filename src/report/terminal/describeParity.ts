import { createPalette } from "../../foundation/print/palette.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import type { LawResult } from "../../judging/law/law.ts";
import type { Comparison, Parity, Result } from "../../lab/engines/compareEngines.ts";
import { REFERENCE } from "../../lab/engines/reference.ts";

/** Engines side by side as one table for a terminal: a block of rows for each subject, a column for each engine. */
export function describeParity(parity: Parity): string {
  const engines = [
    ...new Set(parity.comparisons.flatMap(({ results }) => results.map(({ engine }) => engine))),
  ];
  const table = printTable({
    head: ["", "must be", ...engines],
    aligns: ["left", "right", ...engines.map(() => "right" as const)],
    rows: parity.comparisons.flatMap((comparison) => describeSubject(comparison, engines)),
  });
  const failures = parity.comparisons.flatMap(({ title, failures }) =>
    failures.map(({ engine, reason }) => `${engine} does not run ${title}: ${reason}`),
  );
  const missing = parity.missing.map(({ engine, reason }) => `${engine} is left out: ${reason}`);
  const devices = new Map(
    parity.comparisons.flatMap(({ results }) =>
      results.map(({ engine, device }) => [engine, device] as const),
    ),
  );
  const places = [...devices].filter(([, device]) => device !== "CPU");
  return [
    ...(engines.length > 0 ? [table] : []),
    ...places.map(([engine, device]) => `${engine} runs on ${device}.`),
    ...failures,
    ...missing,
    conclude(parity),
  ].join("\n");
}

function describeSubject({ title, results }: Comparison, engines: readonly string[]): string[][] {
  const palette = createPalette();
  const row = (what: string, bound: string, cell: (result: Result) => string) => [
    `  ${what}`,
    bound,
    ...engines.map((name) => {
      const result = results.find(({ engine }) => engine === name);
      return result ? cell(result) : "–";
    }),
  ];
  const reference = results.find(({ engine }) => engine === REFERENCE) ?? results[0];
  const laws = reference?.check.laws ?? [];
  return [
    [palette.bold(title), "", ...engines.map(() => "")],
    ...laws.map((law) =>
      row(law.name, boundOf(law), ({ check }) => {
        const own = check.laws.find(({ name }) => name === law.name);
        return own ? describeLaw(own, law) : "–";
      }),
    ),
    row("verdict", "", ({ check }) =>
      check.verdict === "learns" ? palette.green(check.verdict) : palette.red(check.verdict),
    ),
    row("cause", "", ({ cause }) => cause ?? "–"),
    row("error / Var(Y)", "", ({ check }) => printNumber(check.run.train.lossOverVariance)),
    row(`gradients, off ${REFERENCE}'s`, "", ({ gradientDifference, tolerance }) =>
      gradientDifference === null ? "–" : `${printNumber(gradientDifference)} (≤ ${printNumber(tolerance)})`,
    ),
    row("a step, ms", "", ({ msPerStep }) => printNumber(msPerStep)),
    row(`speed, ${REFERENCE} = 1`, "", ({ speed }) => (speed === null ? "–" : printNumber(speed))),
  ];
}

function boundOf({ bound, threshold }: LawResult): string {
  return `${bound} ${printNumber(threshold)}`;
}

/** Prints the measurement of a law, and its bound if it differs from the reference engine's. */
function describeLaw(law: LawResult, reference: LawResult): string {
  const palette = createPalette();
  const measured = `${printNumber(law.measured)}${boundOf(law) === boundOf(reference) ? "" : ` (${boundOf(law)})`}`;
  return law.holds ? measured : palette.red(`BROKEN ${measured}`);
}

function conclude({ agree, comparisons }: Parity): string {
  if (agree) return `Every engine that starts here comes to ${REFERENCE}'s verdicts, laws and gradients.`;
  const apart = comparisons.flatMap(({ title, results }) =>
    results.filter(({ agrees }) => !agrees).map(({ engine }) => `${engine} on ${title}`),
  );
  return apart.length > 0
    ? `Not as ${REFERENCE}: ${apart.join(", ")}.`
    : "Not every engine that starts here runs every subject.";
}
