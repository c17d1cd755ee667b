import { join } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { keepRegressions } from "../keeping/gate/capsules.ts";
import { describeGate } from "../keeping/gate/describeGate.ts";
import { gateJson } from "../keeping/gate/gateJson.ts";
import { type GateResult, gatherResult } from "../keeping/gate/gateResult.ts";
import { onGitHub, publish } from "../keeping/gate/github/github.ts";
import { mergeParts, writePart } from "../keeping/gate/part.ts";
import { plain } from "../keeping/gate/plain.ts";
import { readBaselines } from "../keeping/gate/readBaselines.ts";
import { openSeedThreads } from "../keeping/gate/seedThreads.ts";
import { readSubjects } from "../keeping/gate/subjectConfig.ts";
import { readCleanCommit } from "../keeping/history/cleanCommit.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import { readWorkers } from "../learning/workers/workerCount.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { ExitCode } from "./exitCode.ts";
import { outputsOf, writeOutputs } from "./gateFiles.ts";
import { type GateCommandOptions, parseGateOptions } from "./gateOptions.ts";
import { refuseGateOverInputs } from "./gateOutputs.ts";
import {
  refuseConfig,
  refuseLost,
  refuseReadOnly,
  refuseUnknown,
  refuseWithoutReason,
} from "./gateRefusals.ts";
import { remarkPoor } from "./gateRemarks.ts";
import { findUnchanged, hashAll, takeShard } from "./gateSelection.ts";
import { gateAll, type SubjectsToGate } from "./gateSubjects.ts";
import { updateBaselines } from "./gateUpdate.ts";
import { openPage } from "./openPage.ts";
import type { RawOptions } from "./options.ts";
import { printJson, printOutcome, remark, tellRunner } from "./output.ts";
import { exitAfter, reportJson } from "./reportFile.ts";
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

  for (const subject of result.subjects) remarkPoor(subject, result.mode === "updated");
  const { report, others } = await writeOutputs(options, result, commit);
  if (options.json)
    printJson({ ...gateJson(result), engine: engine.name, seconds: seconds(), ...reportJson(report) });
  else printOutcome(describeGate(result), options.quiet);
  if (raw.open === true && report.path !== null) await openPage(report.path);
  // A part tells nobody: the gate that puts the parts together does.
  if (onGitHub() && options.blob === undefined)
    await tellRunner(options.json, () => publish({ result, report: report.path }));
  const code = exitAfter(report, result.passed ? ExitCode.holds : ExitCode.fails);
  return others.reduce((before, file) => exitAfter(file, before), code);
}

async function runGate(
  paths: readonly string[],
  raw: RawOptions,
  options: GateCommandOptions,
  engine: Engine,
): Promise<GateResult> {
  if (options.merge !== undefined) return mergeGate(options.merge, options, engine);
  const threads = openSeedThreads(readWorkers(raw.workers, engine.name));
  try {
    const prepared = await prepare(paths, raw, options, engine);
    const gating = { ...prepared, options: { ...prepared.options, threads } };
    return await (options.update ? updateBaselines(gating, options) : compareWithBaselines(gating, options));
  } finally {
    await threads?.close();
  }
}

/** Puts a gate together of what its parts measured. */
async function mergeGate(parts: string, { folder }: GateCommandOptions, engine: Engine): Promise<GateResult> {
  const { gated, ...about } = await mergeParts(parts, await readBaselines(folder, engine.name), engine.name);
  return gatherResult(gated, { ...about, engine: engine.name, reason: null, kept: [], mode: "compared" });
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
    baselines,
    options: gateOptions,
  };
}

async function compareWithBaselines(
  gating: SubjectsToGate,
  { capsules, falseAlarms, blob, shard, deadline }: GateCommandOptions,
): Promise<GateResult> {
  const { engine } = gating.options;
  const gated = await gateAll(gating, deadline);
  const { subjects } = gating.options;
  const whole = { engine: engine.name, falseAlarms, subjects, unchanged: [...gating.unchanged] };
  if (blob !== undefined) await writePart(blob, gated, { part: 1, of: 1, ...shard, ...whole });
  const kept =
    capsules === undefined ? [] : await keepRegressions(gated, engine, capsules).catch(remarkUnkept);
  const about = { engine: engine.name, falseAlarms, reason: null, kept, unchanged: gating.unchanged };
  return gatherResult(gated, { ...about, mode: "compared" });
}

/** Prints a remark if capsules could not be kept; the measurements stay valid without them. */
function remarkUnkept(error: Error): [] {
  remark(`learnproof: --capsules: could not be written, the results stand (${plain(error.message)})`);
  return [];
}
