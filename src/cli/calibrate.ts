import { startClock } from "../foundation/clock.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { readWorkers } from "../learning/workers/workerCount.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { printJson, printOutcome } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

const HEALTHY = 200;
const MUTATED = 4;
const MOST = 100_000;

/** `calibrate`: the harness on its own mutants and on healthy configs. */
export async function calibrateCommand(raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "npm run gallery, in a clone,");
  const healthy = parseCount("--healthy", raw.healthy, HEALTHY);
  const mutated = parseCount("--mutated", raw.mutated, Math.min(MUTATED, healthy));
  if (mutated > healthy) {
    throw new InputError({
      code: "conflict",
      field: "--mutated",
      message: `must be at most --healthy, ${healthy}: only healthy configs are mutated`,
      got: mutated,
    });
  }
  const engine = await beginEngine(options);
  const workers = readWorkers(raw.workers, engine.name);
  const [{ calibrate }, { healthyConfigs }, { summarise }] = await Promise.all([
    import("../lab/calibration/calibrate.ts"),
    import("../lab/calibration/healthyConfigs.ts"),
    import("../lab/calibration/summary.ts"),
  ]);

  const progress = createTotalProgress(0, options);
  const result = await calibrate(healthyConfigs(healthy, options.seed ?? 1), {
    engine,
    mutated,
    workers,
    ...untilDeadline(options.deadline, allRuns(progress)),
  }).finally(progress.end);
  const summary = summarise(result);

  if (options.json) printJson({ ...summary, engine: engine.name, seconds: seconds() });
  else {
    const { describeCalibration } = await import("../report/terminal/describeCalibration.ts");
    printOutcome(describeCalibration(summary), options.quiet);
  }
  return summary.holds ? ExitCode.holds : ExitCode.fails;
}

function parseCount(field: string, raw: unknown, fallback: number): number {
  if (raw === undefined) return fallback;
  const count = Number(raw);
  if (typeof raw !== "boolean" && Number.isInteger(count) && count >= 1 && count <= MOST) return count;
  throw new InputError({
    code: "out-of-range",
    field,
    message: `must be a whole number from 1 to ${MOST}`,
    got: raw,
  });
}
