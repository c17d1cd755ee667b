import { constants, existsSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { writeWhole } from "../foundation/files/writeWhole.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { type NamedBaseline, writeBaselines } from "../keeping/gate/baseline.ts";
import { keepRegressions } from "../keeping/gate/capsules.ts";
import { describeGate } from "../keeping/gate/describeGate.ts";
import { FIRST_LOOK, type GateOptions, gateSubject, LADDER_STEPS } from "../keeping/gate/gate.ts";
import type { GatedSubject } from "../keeping/gate/gatedSubject.ts";
import { changesJson, type GateResult, gatherResult } from "../keeping/gate/gateResult.ts";
import { annotateInputError } from "../keeping/gate/github/annotations.ts";
import { onGitHub, publish } from "../keeping/gate/github/github.ts";
import { summarise } from "../keeping/gate/github/summary.ts";
import { plain, plainJson } from "../keeping/gate/plain.ts";
import { readBaselines } from "../keeping/gate/readBaselines.ts";
import { readSubjects, type SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import { printLearning } from "../keeping/gate/words.ts";
import { type Engine, startEngine } from "../learning/engine/startEngine.ts";
import { refuseUnwritable } from "../report/html/writeReport.ts";
import { ExitCode } from "./exitCode.ts";
import { refuseGateOverInputs } from "./gateOutputs.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark, tellRunner } from "./output.ts";
import { createTotalProgress } from "./progress.ts";
import { exitAfter, keepReport, reportJson } from "./reportFile.ts";
import { parseWhatOptions } from "./whatOptions.ts";

const DEFAULT_BASELINES = "fixtures/baselines";
const DEFAULT_REPORT = "learnproof-gate.md";
const DEFAULT_CACHE = join("node_modules", ".cache", "learnproof");

/** `gate [CONFIG...]`: does every subject learn as well as its baseline says? */
export async function gateCommand(paths: readonly string[], raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const folder = parseText("--baselines", raw.baselines) ?? DEFAULT_BASELINES;
  const report = resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT);
  const capsules = parseText("--capsules", raw.capsules);
  const update = raw.update === true;
  await refuseUnwritable(report);
  const engine = await startEngine({ name: options.engine, environment: process.env });
  if (!options.json) remark(`engine ${engine.reason}`);
  const baselines = await readBaselines(folder, engine.name);
  const subjects = await readSubjects(paths, baselines, refuseConfig, parseWhatOptions(raw));
  refuseUnknown(subjects, baselines, { folder, engine, update });
  await refuseGateOverInputs({ subjects, baselines, folder, engine: engine.name, report });
  if (update) await refuseReadOnly(join(folder, engine.name));

  const gated = await gateAll(subjects, baselines, {
    engine,
    cache: resolve(parseText("--cache", raw.cache) ?? DEFAULT_CACHE),
    all: raw.all === true,
    firstSeed: options.seed,
    everySeed: update,
  });
  const kept =
    capsules === undefined || update
      ? []
      : await keepRegressions(gated, engine, capsules).catch(remarkUnkept);
  const result = gatherResult(engine.name, gated, { updated: update, kept });
  if (update)
    await writeBaselines(
      folder,
      gated.map((subject) => newBaseline(subject, engine)),
    );

  for (const subject of gated) remarkPoor(subject, update);
  const markdown = summarise(result);
  const written = await keepReport("--report", report, () => writeWhole(report, markdown));
  if (options.json)
    printJson({ ...gateJson(result), engine: engine.name, seconds: seconds(), ...reportJson(written) });
  else print(describeGate(result));
  if (onGitHub()) await tellRunner(options.json, () => publish({ result, report: written.path }));
  return exitAfter(written, result.passed ? ExitCode.holds : ExitCode.fails);
}

/** Prints a remark if capsules could not be kept; the measurements stay valid without them. */
function remarkUnkept(error: Error): [] {
  remark(`learnproof: --capsules: could not be written, the results stand (${plain(error.message)})`);
  return [];
}

/** Warns of a baseline whose runs do not learn, since the gate can then hardly fail. */
function remarkPoor({ name, baseline, measurements }: GatedSubject, update: boolean): void {
  const guarding = update ? measurements : (baseline?.measurements ?? []);
  const learning = guarding.filter(({ verdict }) => verdict === "learns").length;
  const subject = `learnproof: ${plainJson(JSON.stringify(name))}`;
  if (update && learning < guarding.length)
    remark(`${subject}: only ${printLearning(guarding)}, so its baseline guards less`);
  if (!update && learning < guarding.length / 2)
    remark(
      `${subject}: in its baseline only ${printLearning(guarding)}, so the gate can hardly fail; mend it and run gate CONFIG --update`,
    );
}

async function gateAll(
  subjects: readonly SubjectConfig[],
  baselines: readonly NamedBaseline[],
  options: GateOptions,
): Promise<GatedSubject[]> {
  const stepsOf = ({ config }: SubjectConfig) => config.training.steps + LADDER_STEPS;
  const expected = subjects.reduce((sum, subject) => sum + FIRST_LOOK * stepsOf(subject), 0);
  const progress = createTotalProgress(expected);
  const gated: GatedSubject[] = [];
  try {
    for (const subject of subjects) {
      const baseline = baselines.find(({ subject: name }) => name === subject.name);
      const onProgress = {
        begin: (name: string, seed: number, seeds: number) =>
          progress.begin(`${plain(name.slice(0, 16))} ${seed}/${seeds}`, stepsOf(subject)),
        step: progress.step,
      };
      gated.push(
        await gateSubject(subject, baseline, { ...options, onProgress }).catch((error: unknown) => {
          throw error instanceof InputError ? inConfig(error, subject.configFile) : error;
        }),
      );
    }
  } finally {
    progress.end();
  }
  return gated;
}

function newBaseline(
  { name, configFile, config, measurements }: GatedSubject,
  engine: Engine,
): NamedBaseline {
  return {
    version: 1,
    subject: name,
    configFile,
    engine: engine.name,
    config: { ...config },
    measurements: [...measurements],
  };
}

function gateJson(result: GateResult) {
  const { passed, updated, subjects, kept } = result;
  return {
    passed,
    updated,
    changes: changesJson(result),
    capsules: kept,
    subjects: subjects.map(({ name, configFile, measurements, configChanges }) => ({
      subject: name,
      config: configFile,
      seeds: measurements.map(({ seed }) => seed),
      configChanges,
    })),
  };
}

async function refuseConfig(error: InputError, configFile: string): Promise<never> {
  if (onGitHub()) await tellRunner(true, () => annotateInputError(error, configFile));
  throw inConfig(error, configFile);
}

/** Says which config it is, which an error of a field does not. */
function inConfig(error: InputError, configFile: string): InputError {
  const { code, field, rule, got } = error;
  if (field === configFile) return error;
  return new InputError({ code, field: `${configFile}: ${field}`, message: rule, got });
}

interface Asked {
  readonly folder: string;
  readonly engine: Engine;
  readonly update: boolean;
}

function refuseUnknown(
  subjects: readonly SubjectConfig[],
  baselines: readonly NamedBaseline[],
  { folder, engine, update }: Asked,
): void {
  const known = new Set(baselines.map(({ subject }) => subject));
  const unknown = subjects.find(({ name }) => !known.has(name));
  if (subjects.length > 0 && (update || !unknown)) return;
  throw new InputError({
    code: "no-baseline",
    field: unknown?.configFile ?? join(folder, engine.name),
    message: `must have a baseline for the engine ${engine.name}; write one with gate CONFIG --update, or take another --engine`,
    got: undefined,
  });
}

/** Finds out before the minutes of measuring whether baselines could be written. */
async function refuseReadOnly(folder: string): Promise<void> {
  // The folder itself may still have to be made: then in the nearest one that is there.
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const writable = async () => {
    await access(nearest, constants.W_OK);
    if (!(await stat(nearest)).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  };
  await writable().catch((error: NodeJS.ErrnoException) => {
    const message = "must be a folder that can be written; name another with --baselines";
    throw new InputError({ code: "unwritable", field: folder, message, got: error.code });
  });
}
