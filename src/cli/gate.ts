import { join, resolve } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { type FileRule, readWhole } from "../foundation/files/readWhole.ts";
import { writeWhole } from "../foundation/files/writeWhole.ts";
import { badgeJson } from "../keeping/gate/badge.ts";
import { writeBaselines } from "../keeping/gate/baseline.ts";
import { keepRegressions } from "../keeping/gate/capsules.ts";
import { describeGate } from "../keeping/gate/describeGate.ts";
import { junitOf } from "../keeping/gate/formats/junit.ts";
import { sarifOf } from "../keeping/gate/formats/sarif.ts";
import type { GatedSubject } from "../keeping/gate/gatedSubject.ts";
import {
  changesJson,
  type GateResult,
  gatherResult,
  powerJson,
  stateOf,
  tableJson,
} from "../keeping/gate/gateResult.ts";
import { onGitHub, publish } from "../keeping/gate/github/github.ts";
import { summarise } from "../keeping/gate/github/summary.ts";
import { plain, plainJson } from "../keeping/gate/plain.ts";
import { readBaselines } from "../keeping/gate/readBaselines.ts";
import { readSubjects } from "../keeping/gate/subjectConfig.ts";
import { printLearning } from "../keeping/gate/words.ts";
import type { Commit } from "../keeping/git/git.ts";
import { readCleanCommit } from "../keeping/history/cleanCommit.ts";
import { appendHistory } from "../keeping/history/historyFile.ts";
import { lineOf } from "../keeping/history/historyLine.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { ExitCode } from "./exitCode.ts";
import { type GateCommandOptions, parseGateOptions } from "./gateOptions.ts";
import { refuseGateOverInputs } from "./gateOutputs.ts";
import { refuseConfig, refuseReadOnly, refuseUnknown, refuseWithoutReason } from "./gateRefusals.ts";
import { findUnchanged, hashAll, takeShard } from "./gateSelection.ts";
import { gateAll, proposeAll, type SubjectsToGate } from "./gateSubjects.ts";
import { openPage } from "./openPage.ts";
import type { RawOptions } from "./options.ts";
import { printJson, printOutcome, remark, tellRunner } from "./output.ts";
import { exitAfter, keepReport, type ReportFile, reportJson } from "./reportFile.ts";
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
  const about = parseWhatOptions(raw);
  if (options.inputsOnly) {
    const inputs = await hashAll(await readSubjects(paths, [], refuseConfig, about), engine);
    printJson({ inputs, engine: engine.name, seconds: seconds() });
    return ExitCode.holds;
  }
  const gating = await prepare(paths, options, engine, about);
  const result = options.update
    ? await updateBaselines(gating, options)
    : await compareWithBaselines(gating, options);

  for (const subject of result.subjects) remarkPoor(subject, result.mode === "updated");
  const written = await keepReport("--report", options.report, () =>
    writeWhole(options.report, summarise(result)),
  );
  const others = await writeOthers(options, result);
  const appended = await appendLine(options.history, commit, result);
  if (options.json)
    printJson({ ...gateJson(result), engine: engine.name, seconds: seconds(), ...reportJson(written) });
  else printOutcome(describeGate(result), options.quiet);
  if (raw.open === true && written.path !== null) await openPage(written.path);
  if (onGitHub()) await tellRunner(options.json, () => publish({ result, report: written.path }));
  const code = exitAfter(written, result.passed ? ExitCode.holds : ExitCode.fails);
  return [...others, ...(appended === null ? [] : [appended])].reduce(
    (before, file) => exitAfter(file, before),
    code,
  );
}

/** Lists the files to be written, each with the option that names it. */
function outputsOf({ report, badge, sarif, junit }: GateCommandOptions): readonly [string, string][] {
  const others = { "--badge": badge, "--sarif": sarif, "--junit": junit };
  const asked = Object.entries(others).flatMap(([option, path]): [string, string][] =>
    path === undefined ? [] : [[option, resolve(path)]],
  );
  return [["--report", report], ...asked];
}

/** Writes what other programs read of the result. */
async function writeOthers(options: GateCommandOptions, result: GateResult): Promise<ReportFile[]> {
  const texts: Readonly<Record<string, () => string>> = {
    "--badge": () => badgeJson(result),
    "--sarif": () => sarifOf(result, readText),
    "--junit": () => junitOf(result),
  };
  const files: ReportFile[] = [];
  for (const [option, path] of outputsOf(options)) {
    const text = texts[option];
    if (text) files.push(await keepReport(option, path, () => writeWhole(path, text())));
  }
  return files;
}

/** A page of text; a larger file is no config. */
const CONFIG: FileRule = { what: "a config", mostBytes: 1024 ** 2 };

function readText(file: string): string | null {
  try {
    return readWhole(file, CONFIG).bytes.toString("utf8");
  } catch {
    return null;
  }
}

/** Appends what was measured to the history, if that was asked for and there is something to tell. */
async function appendLine(
  path: string | undefined,
  commit: Commit | null,
  result: GateResult,
): Promise<ReportFile | null> {
  if (path === undefined || commit === null || result.mode === "refused") return null;
  return keepReport("--history", path, () => appendHistory(path, lineOf(result, commit)));
}

/** Reads subjects and baselines, and refuses what would otherwise fail after minutes. */
async function prepare(
  paths: readonly string[],
  options: GateCommandOptions,
  engine: Engine,
  about: ReturnType<typeof parseWhatOptions>,
): Promise<SubjectsToGate> {
  const { folder, update, reason, falseAlarms } = options;
  const baselines = await readBaselines(folder, engine.name);
  const every = await readSubjects(paths, baselines, refuseConfig, about);
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
  { capsules, falseAlarms, deadline }: GateCommandOptions,
): Promise<GateResult> {
  const { engine } = gating.options;
  const gated = await gateAll(gating, deadline);
  const kept =
    capsules === undefined ? [] : await keepRegressions(gated, engine, capsules).catch(remarkUnkept);
  const about = { engine: engine.name, falseAlarms, reason: null, kept, unchanged: gating.unchanged };
  return gatherResult(gated, { ...about, mode: "compared" });
}

/** Writes every new baseline, or none where one is worse than the one before and nobody accepted that. */
async function updateBaselines(gating: SubjectsToGate, options: GateCommandOptions): Promise<GateResult> {
  const proposals = await proposeAll(gating, options);
  const gated = proposals.map((proposal) => proposal.gated);
  const worse = gated.some((subject) => stateOf(subject) === "regressed");
  const mode = worse && !options.acceptWorse ? "refused" : "updated";
  if (mode === "updated")
    await writeBaselines(
      options.folder,
      proposals.map(({ baseline }) => baseline),
    );
  const { falseAlarms, reason = null } = options;
  const about = { engine: gating.options.engine.name, falseAlarms, reason, kept: [] };
  return gatherResult(gated, { ...about, mode, unchanged: gating.unchanged });
}

/** Prints a remark if capsules could not be kept; the measurements stay valid without them. */
function remarkUnkept(error: Error): [] {
  remark(`learnproof: --capsules: could not be written, the results stand (${plain(error.message)})`);
  return [];
}

/** Warns of a baseline whose runs do not learn, since the gate can then hardly fail. */
function remarkPoor({ name, baseline, measurements }: GatedSubject, updated: boolean): void {
  const guarding = updated ? measurements : (baseline?.measurements ?? []);
  const learning = guarding.filter(({ verdict }) => verdict === "learns").length;
  const subject = `learnproof: ${plainJson(JSON.stringify(name))}`;
  if (updated && learning < guarding.length)
    remark(`${subject}: only ${printLearning(guarding)}, so its baseline guards less`);
  if (!updated && learning < guarding.length / 2)
    remark(
      `${subject}: in its baseline only ${printLearning(guarding)}, so the gate can hardly fail; mend it and run gate CONFIG --update`,
    );
}

function gateJson(result: GateResult) {
  const { passed, mode, subjects, kept, falseAlarms, reason, unchanged } = result;
  return {
    passed,
    updated: mode === "updated",
    falseAlarms,
    changes: changesJson(result),
    power: powerJson(result),
    table: tableJson(result),
    reason,
    capsules: kept,
    unchanged,
    subjects: subjects.map(({ name, configFile, measurements, configChanges }) => ({
      subject: name,
      config: configFile,
      seeds: measurements.map(({ seed }) => seed),
      configChanges,
    })),
  };
}
