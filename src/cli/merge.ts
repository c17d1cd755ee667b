import { startClock } from "../foundation/clock.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { readBlobs, type WholeWork } from "../keeping/blob/readBlobs.ts";
import { baselinePath, type NamedBaseline } from "../keeping/gate/baseline.ts";
import { readBaselines } from "../keeping/gate/readBaselines.ts";
import { readCleanCommit } from "../keeping/history/cleanCommit.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { reportCalibration } from "./calibrateReport.ts";
import type { ExitCode } from "./exitCode.ts";
import { outputsOf } from "./gateFiles.ts";
import { parseGateOutputs } from "./gateOptions.ts";
import { reportGate } from "./gateReport.ts";
import { describeMake } from "./make.ts";
import { type CommonOptions, parseCommonOptions, type RawOptions } from "./options.ts";
import { refuseOverInputs } from "./outputFile.ts";
import { remarkPageless } from "./pageless.ts";

/** `merge FOLDER`: prints of the blobs of all parts what one machine would have printed. */
export async function mergeCommand(folder: string, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  parseGateOutputs(raw);
  const work = await readBlobs(folder, await describeMake());
  if (work.kind === "gate") return mergeGateParts(work, raw, { options, seconds });
  refuseGateOptions(raw);
  remarkPageless(raw, "npm run gallery, in a clone,");
  const { mergeCalibration } = await import("../lab/calibration/calibrationParts.ts");
  return reportCalibration(mergeCalibration(work), options, { engine: work.engine, seconds });
}

interface Telling {
  readonly options: CommonOptions;
  readonly seconds: () => number;
}

async function mergeGateParts(
  work: WholeWork,
  raw: RawOptions,
  { options, seconds }: Telling,
): Promise<ExitCode> {
  const outputs = parseGateOutputs(raw);
  const baselines = await readBaselines(outputs.folder, work.engine);
  for (const [option, path] of outputsOf(outputs)) {
    await refuseUnwritable(path, option);
    await refuseOverInputs(option, path, inputsOf(work, baselines, outputs.folder));
  }
  const commit = outputs.history === undefined ? null : await readCleanCommit(outputs.history);
  const { mergeGate } = await import("../keeping/gate/gateParts.ts");
  const told = { commit, seconds, open: raw.open === true, publishes: true };
  return reportGate(await mergeGate(work, baselines), { ...options, ...outputs }, told);
}

function inputsOf(
  { parts }: WholeWork,
  baselines: readonly NamedBaseline[],
  folder: string,
): readonly string[] {
  return [...parts.map(({ path }) => path), ...baselines.map((baseline) => baselinePath(folder, baseline))];
}

const ONLY_OF_A_GATE = ["baselines", "report", "history", "badge", "sarif", "junit"];

/** @throws {InputError} for an option that would be ignored in silence. */
function refuseGateOptions(raw: RawOptions): void {
  const given = ONLY_OF_A_GATE.find((name) => raw[name] !== undefined);
  if (given === undefined) return;
  throw new InputError({
    code: "invalid-option",
    field: `--${given}`,
    message: "belongs to the blobs of a gate, and these are of calibrate; leave it out",
    got: raw[given],
  });
}
