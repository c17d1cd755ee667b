import { createPalette } from "../../foundation/print/palette.ts";
import { printBoth } from "../../foundation/print/printNumber.ts";
import { terminalColumns } from "../../foundation/print/printTable.ts";
import { wrapText } from "../../foundation/print/wrapText.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import type { Examination } from "../../judging/examine.ts";
import type { LawResult } from "../../judging/law/law.ts";
import { describeDiagnosis } from "./describeDiagnosis.ts";
import { describeVerdict } from "./describeRun.ts";

/** A finished check, as far as a terminal shows it. */
export interface DescribedCheck {
  readonly examination: Examination;
  readonly cures: CureSearch;
  /** What there was no time for, a sentence each. @defaultValue nothing */
  readonly leftOut?: readonly string[];
  /** Path of the HTML report; null where none could be written. */
  readonly report: string | null;
}

export interface CheckDetail {
  /** Whether every law and every change that was tried is listed. @defaultValue false */
  readonly verbose?: boolean;
  /** Width of the terminal, infinite if there is none. @defaultValue standard output's */
  readonly columns?: number;
}

/** The most broken laws that get a line each: with cause and cure, a screen of 24 lines then holds everything. */
const MOST_ROWS = 5;

/** Describes a check for a terminal: the verdict first, then what is broken, why, and what to do. */
export function describeCheck(
  { examination, cures, report, leftOut = [] }: DescribedCheck,
  { verbose = false, columns = terminalColumns() }: CheckDetail = {},
): string {
  const { verdict, findings, run } = examination;
  const lines = [
    createPalette().bold(describeVerdict(verdict, run)),
    ...describeLaws(examination, verbose, columns),
    ...leftOut,
    describeDiagnosis(findings, cures, verbose),
    ...describeData(examination, verbose),
    ...(report === null ? [] : [`Report: ${report}`]),
  ];
  return wrapText(lines.filter(Boolean).join("\n"), "  ", columns);
}

/** The most notices about the data that get a line each. */
const MOST_NOTICES = 3;

/** What the data say by themselves, a line each. */
function describeData({ data }: Pick<Examination, "data">, verbose: boolean): string[] {
  const shown = verbose ? data : data.slice(0, MOST_NOTICES);
  const rest = data.length - shown.length;
  return [
    ...shown.map(({ claim }) => `Data: ${claim}.`),
    ...(rest > 0 ? [`Data: ${rest} more (--verbose lists all).`] : []),
  ];
}

/** The outcome in one line. */
export function describeCheckBriefly({ examination, cures }: DescribedCheck): string {
  const { verdict, laws } = examination;
  const broken = laws.filter(({ holds }) => !holds).length;
  const [likeliest] = cures.causes;
  const cause = likeliest ? `; cause ${likeliest.cause}` : "";
  const cure = cures.cure ? `; cure ${cures.cure.change}` : "";
  return `${verdict}, ${broken} of ${laws.length} laws broken${cause}${cure}`;
}

function describeLaws(
  { laws, holds, notAsked, notMeasured }: Examination,
  verbose: boolean,
  columns: number,
): string[] {
  const palette = createPalette();
  const broken = laws.filter((law) => !law.holds);
  const holding = laws.filter((law) => law.holds);
  const width = Math.max(...laws.map(({ name }) => name.length));
  const row = (law: LawResult) => printLaw(law, width, columns);
  const hold = verbose
    ? [
        ...holding.map((law) => `${palette.green("holds")}  ${row(law)}`),
        ...notAsked.map(({ name, reason }) => `not asked: ${name}, because ${reason}`),
      ]
    : [];
  if (holds)
    return [`All ${laws.length} laws${notMeasured.length > 0 ? " that could be judged" : ""} hold.`, ...hold];
  const shown = verbose ? broken : broken.slice(0, MOST_ROWS);
  const rest = verbose ? "." : ` (--verbose lists ${broken.length > shown.length ? "all" : "them"}).`;
  return [
    palette.red(
      `${broken.length} of ${laws.length} laws broken: ${broken.map(({ name }) => name).join(", ")}.`,
    ),
    ...shown.map((law) => `${palette.red("BROKEN")} ${row(law)}`),
    `${holding.length === 1 ? "1 law holds" : `${holding.length} laws hold`}${rest}`,
    ...hold,
  ];
}

/** The claim stands beside the numbers where the line has room for it. */
function printLaw(
  { name, measured, bound, threshold, claim }: LawResult,
  width: number,
  columns: number,
): string {
  const [value, limit] = printBoth(measured, threshold);
  const numbers = `${name.padEnd(width)}  ${value}, must be ${bound} ${limit}`;
  const whole = `${numbers.padEnd(width + 32)}  ${claim}`;
  return whole.length + "BROKEN ".length <= columns ? whole : numbers;
}
