import { basename } from "node:path";
import { startClock } from "../foundation/clock.ts";
import type { Compared, Comparison, Parity } from "../lab/engines/compareEngines.ts";
import { REFERENCE } from "../lab/engines/reference.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";
import { type EngineName, engineNames } from "../learning/engine/engineName.ts";
import { untilDeadline } from "./deadline.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { type CommonOptions, parseCommonOptions, type RawOptions } from "./options.ts";
import { printJson, printOutcome } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

/** `engines [CONFIG…]`: every engine on a subject, its laws, its verdict and its speed; `--engine` one beside wasm. */
export async function enginesCommand(paths: readonly string[], raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "learnproof check --open");
  const subjects = await loadSubjects(paths, raw, options);
  const engines = await chooseEngines(options);
  const { compareEngines } = await import("../lab/engines/compareEngines.ts");

  const progress = createTotalProgress(0, options);
  const parity = await compareEngines(subjects, engines, {
    ...untilDeadline(options.deadline, allRuns(progress)),
  }).finally(progress.end);

  if (options.json) printJson({ ...parityJson(parity), seconds: seconds() });
  else {
    const { describeParity } = await import("../report/terminal/describeParity.ts");
    printOutcome(describeParity(parity), options.quiet, "last");
  }
  return parity.agree ? ExitCode.holds : ExitCode.fails;
}

/** Loads the named subjects; if none is named, the project's own, or else two small ones. */
async function loadSubjects(
  paths: readonly string[],
  raw: RawOptions,
  options: CommonOptions,
): Promise<readonly Compared[]> {
  if (paths.length === 0 && findProjectFile() === null)
    return (await import("../lab/engines/smallSubjects.ts")).smallSubjects(options.seed ?? 1);
  const { loadWhat } = await import("./whatOptions.ts");
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
  const { startEngine } = await import("../learning/engine/startEngine.ts");
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
