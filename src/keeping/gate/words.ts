import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { percent, printNumber } from "../../foundation/print/printNumber.ts";
import type { Comparison } from "./comparing/compare.ts";
import { judgedMetrics } from "./comparing/metrics.ts";
import type { ExpectedPower } from "./comparing/power.ts";
import { DIGEST, type GateChange, type GatedSubject } from "./gatedSubject.ts";
import { type GateResult, type KeptRun, stateOf } from "./gateResult.ts";
import type { Measurement } from "./measurement/measurement.ts";
import { worstSeed } from "./worstSeed.ts";

/** The outcome in one line. */
export function headline({ subjects, mode, passed, engine, unchanged }: GateResult): string {
  const count = subjects.length + unchanged.length;
  const many = `${count} ${count === 1 ? "subject" : "subjects"}`;
  if (mode === "updated") return `Baselines of ${many} written for ${engine}.`;
  const regressed = subjects.filter((subject) => stateOf(subject) === "regressed").length;
  if (mode === "refused")
    return `No baseline was written: ${regressed} of ${many} got worse, on ${engine}. Mend it, or take it with --accept-worse and a --reason that says why.`;
  const learns = count === 1 ? "learns as it did" : "learn as they did";
  return passed
    ? `The gate holds: ${many} ${learns}, on ${engine}.`
    : `The gate fails: ${regressed} of ${many} regressed, on ${engine}.`;
}

/** How many of the seeds learn. */
export function printLearning(measurements: readonly Measurement[]): string {
  const learning = measurements.filter(({ verdict }) => verdict === "learns").length;
  return `${learning} of ${measurements.length} seeds learn`;
}

/** Both sides of a change; a digest is told by its beginning. */
export function printSides({
  metric,
  baseline,
  now,
}: Pick<GateChange, "metric" | "baseline" | "now">): [baseline: string, now: string] {
  const print = (value: number | string) => {
    if (typeof value === "number") return printNumber(value);
    return metric === DIGEST ? value.slice(0, 12) : value;
  };
  return [print(baseline), print(now)];
}

/** Prints the probability that noise alone caused a change. */
export function printChance({ p }: Pick<GateChange, "p">): string {
  if (p === undefined) return "";
  return p < 1e-6 ? "p < 1e-6" : `p = ${printNumber(p)}`;
}

/** The columns of the whole table, beside the kind and the subject. */
export const COLUMNS = [
  "what",
  "baseline",
  "now",
  "times as bad",
  "95 % interval",
  "by chance",
  "seeds",
  "would find",
] as const;

/** Prints a line of the whole table in the order of {@link COLUMNS}. */
export function printRow(comparison: Comparison): readonly string[] {
  const { metric, ratio, interval, seeds } = comparison;
  return [
    metric.title,
    ...printSides(comparison),
    ratio === null ? "" : printNumber(ratio),
    interval === null ? "" : interval.map(printNumber).join(" to "),
    printChance(comparison),
    String(seeds),
    printPower(comparison),
  ];
}

function printPower({ metric, power: { detects } }: ExpectedPower): string {
  if (detects === null) return "nothing";
  return metric.scale === "share" ? `${percent(detects)} lost` : `× ${printNumber(detects)}`;
}

/** Says in a sentence what the numbers of the table are worth. */
export function printPromise({ falseAlarms, subjects }: GateResult): string {
  const probability = subjects.flatMap(({ comparisons }) => comparisons)[0]?.power.probability ?? 0;
  const once = printNumber(Math.round(1 / falseAlarms));
  return `"Would find": the change that is found with ${percent(probability)} probability. A gate in which nothing got worse fails at most once in ${once} gates, all subjects, metrics and looks together.`;
}

/** Says in a sentence what gates with a new baseline are expected to find; null where none was measured. */
export function printExpected({ expected = [] }: Pick<GatedSubject, "expected">): string | null {
  const judged = expected.filter(({ metric }) => judgedMetrics.includes(metric));
  const [first] = judged;
  if (!first) return null;
  const { probability, seeds } = first.power;
  const found = judged.map((one) => `${one.metric.title} ${printPower(one)}`).join(" and ");
  return `a gate of ${seeds} seeds finds ${found}, each with ${percent(probability)} probability`;
}

/** Warns of an improvement that looks too good. */
export function printSuspicion({ changes }: GateResult): string | null {
  const names = changes.filter(({ suspicious }) => suspicious).map(({ metric }) => metric.title);
  if (names.length === 0) return null;
  return `Less than half the ${[...new Set(names)].join(" and ")}: if nobody meant that, look for held-out examples that leaked into the training set, or for a task that became easier.`;
}

/** Returns the command that repeats the run of a subject's worst seed. */
export function replayLine({ configFile, measurements }: GatedSubject, engine: string): string {
  return `${commandLine("train")} ${quote(configFile)} --seed ${worstSeed(measurements)} --engine ${engine}`;
}

/** Prints the verdict and cause of a kept run, and the command that replays it. */
export function capsuleLine({ path, verdict, cause }: KeptRun): string {
  return `${commandLine("replay")} ${quote(path)} # ${verdict}${cause === null ? "" : `, ${cause}`}`;
}

const OWN_FOLDER = fileURLToPath(new URL("../../../", import.meta.url));

/** How a command is called: in our own clone by its script, elsewhere as an installed package. */
function commandLine(command: string): string {
  return join(process.cwd(), sep) === OWN_FOLDER ? `npm run ${command} --` : `npx learnproof ${command}`;
}

/** Quotes a word for a shell. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
