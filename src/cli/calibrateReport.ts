import type { Calibration } from "../lab/calibration/calibrate.ts";
import type { EngineName } from "../learning/engine/engineName.ts";
import { ExitCode } from "./exitCode.ts";
import type { CommonOptions } from "./options.ts";
import { printJson, printOutcome } from "./output.ts";

/** Prints what a calibration found, whether one machine judged it or several. */
export async function reportCalibration(
  calibration: Calibration,
  { json, quiet }: Pick<CommonOptions, "json" | "quiet">,
  { engine, seconds }: { readonly engine: EngineName; readonly seconds: () => number },
): Promise<ExitCode> {
  const { summarise } = await import("../lab/calibration/summary.ts");
  const summary = summarise(calibration);
  if (json) printJson({ ...summary, engine, seconds: seconds() });
  else {
    const { describeCalibration } = await import("../report/terminal/describeCalibration.ts");
    printOutcome(describeCalibration(summary), quiet);
  }
  return summary.holds ? ExitCode.holds : ExitCode.fails;
}
