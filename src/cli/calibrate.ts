import { startClock } from "../foundation/clock.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { type Shard, takeShard } from "../keeping/blob/shard.ts";
import type { ItemResult } from "../lab/calibration/calibrate.ts";
import type { CalibrationAsked } from "../lab/calibration/calibrationParts.ts";
import type { EngineName } from "../learning/engine/engineName.ts";
import { readWorkers } from "../learning/workers/workerCount.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { reportCalibration } from "./calibrateReport.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { type CommonOptions, parseCommonOptions, type RawOptions } from "./options.ts";
import { printJson, printOutcome } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";
import { parseShardOptions } from "./shardOptions.ts";

const HEALTHY = 200;
const MUTATED = 4;
const MOST = 100_000;

/** `calibrate`: the harness on its own mutants and on healthy configs. */
export async function calibrateCommand(raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "npm run gallery, in a clone,");
  const healthy = parseCount("--healthy", raw.healthy, HEALTHY);
  const mutated = parseCount("--mutated", raw.mutated, Math.min(MUTATED, healthy), 0);
  if (mutated > healthy) {
    throw new InputError({
      code: "conflict",
      field: "--mutated",
      message: `must be at most --healthy, ${healthy}: only healthy configs are mutated`,
      got: mutated,
    });
  }
  const { shard, blob } = parseShardOptions(raw);
  if (blob === undefined) refuseLonePart(shard);
  else await refuseUnwritable(blob, "--blob");
  const engine = await beginEngine(options);
  const workers = readWorkers(raw.workers, engine.name);
  const [{ gatherCalibration, itemsOf, judgeItems }, { healthyConfigs }] = await Promise.all([
    import("../lab/calibration/calibrate.ts"),
    import("../lab/calibration/healthyConfigs.ts"),
  ]);

  const { seed = 1 } = options;
  const items = itemsOf(healthyConfigs(healthy, seed), mutated);
  const progress = createTotalProgress(0, options);
  const judged = await judgeItems(takeShard(items, shard), {
    engine,
    workers,
    ...untilDeadline(options.deadline, allRuns(progress)),
  }).finally(progress.end);

  const how = { engine: engine.name, seconds };
  if (blob === undefined) return reportCalibration(gatherCalibration(items, judged), options, how);
  const part = { shard: shard ?? { part: 1, of: 1 }, blob, asked: { healthy, mutated, seed } };
  return keepPart(judged, part, options, how);
}

interface Part {
  readonly shard: Shard;
  readonly blob: string;
  readonly asked: CalibrationAsked;
}

/** Writes what a part found. Whether the harness holds, only all parts say together. */
async function keepPart(
  judged: readonly ItemResult[],
  { shard, blob, asked }: Part,
  { json, quiet }: CommonOptions,
  { engine, seconds }: { readonly engine: EngineName; readonly seconds: () => number },
): Promise<ExitCode> {
  const [{ writeBlob }, { foundByCalibration }, { describeMake }] = await Promise.all([
    import("../keeping/blob/blob.ts"),
    import("../lab/calibration/calibrationParts.ts"),
    import("./make.ts"),
  ]);
  const about = { kind: "calibrate", engine, ...(await describeMake()), asked } as const;
  await writeBlob(blob, shard, { ...about, found: foundByCalibration(judged) });
  if (json) printJson({ ...shard, judged: judged.length, blob, engine, seconds: seconds() });
  else
    printOutcome(
      `Part ${shard.part}/${shard.of}: ${printCount(judged.length)} judged, and kept in ${blob}. When all parts are done, learnproof merge puts them together.`,
      quiet,
    );
  return ExitCode.holds;
}

function printCount(subjects: number): string {
  return subjects === 1 ? "1 subject is" : `${subjects} subjects are`;
}

/** @throws {InputError} for a part that is kept nowhere: alone it says nothing. */
function refuseLonePart(shard: Shard | undefined): void {
  if (shard === undefined) return;
  throw new InputError({
    code: "invalid-option",
    field: "--shard",
    message: "needs --blob, since a part of a calibration says nothing until merge puts all of them together",
    got: `${shard.part}/${shard.of}`,
  });
}

function parseCount(field: string, raw: unknown, fallback: number, least = 1): number {
  if (raw === undefined) return fallback;
  const count = Number(raw);
  if (typeof raw !== "boolean" && Number.isInteger(count) && count >= least && count <= MOST) return count;
  throw new InputError({
    code: "out-of-range",
    field,
    message: `must be a whole number from ${least} to ${MOST}`,
    got: raw,
  });
}
