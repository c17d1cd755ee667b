import { basename } from "node:path";
import { startClock } from "../foundation/clock.ts";
import {
  type Compared,
  type Comparison,
  compareEngines,
  type Parity,
  REFERENCE,
} from "../lab/engines/compareEngines.ts";
import { smallSubjects } from "../lab/engines/smallSubjects.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";
import { type EngineName, engineNames } from "../learning/engine/engineName.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { describeParity } from "../report/terminal/describeParity.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { type CommonOptions, parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { createTotalProgress } from "./progress.ts";
import { loadWhat } from "./whatOptions.ts";

/** `engines [CONFIG…]`: every engine on a subject, its laws, its verdict and its speed; `--engine` one beside wasm. */
export async function enginesCommand(paths: readonly string[], raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const subjects = await loadSubjects(paths, raw, options);
  const engines = await chooseEngines(options);

  const progress = createTotalProgress(0, options);
  const parity = await compareEngines(subjects, engines, {
    onProgress: allRuns(progress),
  }).finally(progress.end);

  if (options.json) printJson({ ...parityJson(parity), seconds: seconds() });
  else print(describeParity(parity));
  return parity.agree ? ExitCode.holds : ExitCode.fails;
}

/** Loads the named subjects; if none is named, the project's own, or else two small ones. */
async function loadSubjects(
  paths: readonly string[],
  raw: RawOptions,
  options: CommonOptions,
): Promise<readonly Compared[]> {
  if (paths.length === 0 && findProjectFile() === null) return smallSubjects(options.seed ?? 1);
  const subjects: Compared[] = [];
  for (const path of paths.length > 0 ? paths : [undefined]) {
    const { config } = await loadWhat(path, raw, options);
    subjects.push({ title: path ? basename(path) : "the project's own subject", config });
  }
  return subjects;
}

/** @throws {InputError} where the one that is asked for does not start. */
async function chooseEngines({ engine }: CommonOptions): Promise<readonly EngineName[]> {
  if (engine === undefined) return engineNames;
  const { name } = await startEngine({ name: engine });
  return name === REFERENCE ? [name] : [name, REFERENCE];
}

function parityJson({ agree, comparisons, missing }: Parity) {
  return { agree, reference: REFERENCE, comparisons: comparisons.map(comparisonJson), missing };
}

function comparisonJson({ title, results, failures }: Comparison) {
  return {
    title,
    rows: results.map(({ check, ...row }) => ({
      ...row,
      verdict: check.verdict,
      lossOverVariance: check.run.train.lossOverVariance,
      digest: check.run.digest,
      laws: check.laws.map(({ name, holds, measured, threshold }) => ({ name, holds, measured, threshold })),
    })),
    failures,
  };
}
