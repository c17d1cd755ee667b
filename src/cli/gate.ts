import { join } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { writeBlob } from "../keeping/blob/blob.ts";
import { takeShard } from "../keeping/blob/shard.ts";
import { keepRegressions } from "../keeping/gate/capsules.ts";
import { foundByGate, type GateAsked, hashJson } from "../keeping/gate/gateParts.ts";
import { type GateResult, gatherResult } from "../keeping/gate/gateResult.ts";
import { plain } from "../keeping/gate/plain.ts";
import { readBaselines } from "../keeping/gate/readBaselines.ts";
import { openSeedThreads } from "../keeping/gate/seedThreads.ts";
import { readSubjects } from "../keeping/gate/subjectConfig.ts";
import { readCleanCommit } from "../keeping/history/cleanCommit.ts";
import { kindOf } from "../learning/config/kinds/kinds.ts";
import { readProjectCode } from "../learning/config/projectCode.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import { readWorkers } from "../learning/workers/workerCount.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { ExitCode } from "./exitCode.ts";
import { outputsOf } from "./gateFiles.ts";
import { type GateCommandOptions, parseGateOptions } from "./gateOptions.ts";
import { refuseGateOverInputs } from "./gateOutputs.ts";
import {
  refuseConfig,
  refuseLost,
  refuseReadOnly,
  refuseUnknown,
  refuseWithoutReason,
} from "./gateRefusals.ts";
import { reportGate } from "./gateReport.ts";
import { findUnchanged, hashAll } from "./gateSelection.ts";
import { gateAll, type SubjectsToGate } from "./gateSubjects.ts";
import { updateBaselines } from "./gateUpdate.ts";
import { describeMake } from "./make.ts";
import type { RawOptions } from "./options.ts";
import { printJson, remark } from "./output.ts";
import { parseWhatOptions } from "./whatOptions.ts";

/** `gate [CONFIG...]`: does every subject learn as well as its baseline says? */
export async function gateCommand(paths: readonly string[], raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseGateOptions(raw);
  for (const [option, path] of outputsOf(options)) await refuseUnwritable(path, option);
  const engine = await startEngine({
    name: options.engine,
    threads: options.threads,
    environment: process.env,
  });
  if (!options.json && !options.quiet) remark(`engine ${engine.reason}`);
  const commit = options.history === undefined ? null : await readCleanCommit(options.history);
  if (options.inputsOnly) {
    const inputs = await hashAll(await readSubjects(paths, [], refuseConfig, parseWhatOptions(raw)), engine);
    printJson({ inputs, engine: engine.name, seconds: seconds() });
    return ExitCode.holds;
  }
  const result = await runGate(paths, raw, options, engine);
  // A part tells nobody: whoever puts the parts together does.
  const told = { commit, seconds, open: raw.open === true, publishes: options.blob === undefined };
  return reportGate(result, options, told);
}

async function runGate(
  paths: readonly string[],
  raw: RawOptions,
  options: GateCommandOptions,
  engine: Engine,
): Promise<GateResult> {
  const threads = openSeedThreads(readWorkers(raw.workers, engine.name), engine.bitExact);
  try {
    const prepared = await prepare(paths, raw, options, engine);
    const gating = { ...prepared, options: { ...prepared.options, threads } };
    return await (options.update ? updateBaselines(gating, options) : compareWithBaselines(gating, options));
  } finally {
    await threads?.close();
  }
}

/** Reads subjects and baselines, and refuses what would otherwise fail after minutes. */
async function prepare(
  paths: readonly string[],
  raw: RawOptions,
  options: GateCommandOptions,
  engine: Engine,
): Promise<SubjectsToGate> {
  const { folder, update, reason, falseAlarms } = options;
  const baselines = await readBaselines(folder, engine.name);
  if (paths.length === 0) refuseLost(baselines, { folder });
  const every = await readSubjects(paths, baselines, refuseConfig, parseWhatOptions(raw));
  const subjects = takeShard(every, options.shard);
  refuseUnknown(every, baselines, { folder, engine: engine.name, update });
  if (update) refuseWithoutReason(subjects, baselines, reason);
  const outputs = outputsOf(options);
  await refuseGateOverInputs({ subjects, baselines, folder, engine: engine.name, outputs });
  if (update) await refuseReadOnly(join(folder, engine.name));
  const { cache, all, seed: firstSeed } = options;
  const gateOptions = { engine, cache, all, firstSeed, falseAlarms, subjects: every.length };
  const since = options.changed;
  const unchanged = since === undefined ? [] : await findUnchanged(subjects, engine, since);
  return {
    subjects: subjects.filter(({ name }) => !unchanged.includes(name)),
    unchanged,
    every,
    baselines,
    options: gateOptions,
  };
}

async function compareWithBaselines(
  gating: SubjectsToGate,
  options: GateCommandOptions,
): Promise<GateResult> {
  const { capsules, falseAlarms, blob, deadline } = options;
  const { engine } = gating.options;
  const gated = await gateAll(gating, deadline);
  const kept =
    capsules === undefined ? [] : await keepRegressions(gated, engine, capsules).catch(remarkUnkept);
  const about = { engine: engine.name, falseAlarms, reason: null, kept, unchanged: gating.unchanged };
  const result = gatherResult(gated, { ...about, mode: "compared" });
  if (blob !== undefined) await writePart(blob, gating, options, result);
  return result;
}

async function writePart(
  path: string,
  { every, options: { engine } }: SubjectsToGate,
  { shard, falseAlarms, seed, all, changed, capsules }: GateCommandOptions,
  result: GateResult,
): Promise<void> {
  const runsCode = every.some(({ config }) => kindOf(config).runsCode);
  const asked: GateAsked = {
    subjects: every.map(({ name }) => name),
    configs: hashJson([
      every.map(({ configFile, config }) => [configFile, config]),
      runsCode ? await readProjectCode() : "",
    ]),
    falseAlarms,
    seed: seed ?? null,
    all,
    changed: changed ?? null,
    capsules: capsules ?? null,
  };
  const about = { kind: "gate", engine: engine.name, ...(await describeMake()) } as const;
  await writeBlob(path, shard ?? { part: 1, of: 1 }, { ...about, asked, found: foundByGate(result) });
}

/** Prints a remark if capsules could not be kept; the measurements stay valid without them. */
function remarkUnkept(error: Error): [] {
  remark(`learnproof: --capsules: could not be written, the results stand (${plain(error.message)})`);
  return [];
}
