import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { printNumber } from "../../foundation/print/printNumber.ts";
import { DIGEST, type GateChange, type GatedSubject } from "./gatedSubject.ts";
import { type GateResult, type KeptRun, stateOf } from "./gateResult.ts";
import type { Measurement } from "./measurement/measurement.ts";
import { worstSeed } from "./worstSeed.ts";

/** The outcome in one line. */
export function headline({ subjects, updated, passed, engine }: GateResult): string {
  const many = `${subjects.length} ${subjects.length === 1 ? "subject" : "subjects"}`;
  if (updated) return `Baselines of ${many} written for ${engine}.`;
  const regressed = subjects.filter((subject) => stateOf(subject) === "regressed").length;
  const learns = subjects.length === 1 ? "learns as it did" : "learn as they did";
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
export function printSides({ metric, baseline, now }: GateChange): [baseline: string, now: string] {
  const print = (value: number | string) => {
    if (typeof value === "number") return printNumber(value);
    return metric === DIGEST ? value.slice(0, 12) : value;
  };
  return [print(baseline), print(now)];
}

/** Prints the probability that noise alone caused a change. */
export function printChance({ p }: GateChange): string {
  if (p === undefined) return "";
  return p < 0.0001 ? "p < 0.0001" : `p = ${printNumber(p)}`;
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
