import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import {
  type TextFile,
  type UnwrittenError,
  writeTogether,
  writeWhole,
} from "../foundation/files/writeWhole.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { checkRuns } from "./followProgress.ts";
import { findStart } from "./init/findStart.ts";
import { planFirstFiles } from "./init/firstFiles.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

/** What learnproof writes beside a project's own files. */
const IGNORED = ["learnproof-report.html", "learnproof-capsules/", "learnproof-gate.md"];
const FORESEEN = 5;

/** `init [--yes]`: writes config, spec and CI job for what the project has, and checks it. */
export async function initCommand(raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  const existing = findProjectFile();
  if (existing !== null)
    throw refusal(existing, "exists already, so the project has begun; run learnproof check");
  const plan = planFirstFiles(findStart("."));
  if (plan === null)
    throw refusal(
      ".",
      "must hold a model of TensorFlow.js, a saved model with a table, or a table; or name one: learnproof check houses.csv --target price",
    );
  const paths = plan.files.map(({ path }) => path);
  if (raw.yes !== true && !(await agrees(paths)))
    throw refusal("--yes", "must be given to write the files without a question");
  await writeNewFiles(plan.files);
  const written = [...paths, ...(await ignoreOutputs())];
  if (!options.json) print(`Wrote ${written.join(", ")}.\n${plan.advice}`);

  const engine = await beginEngine(options);
  const [{ loadWhat }, { runCheck }, { laws }, { describeCheck, describeCheckBriefly }] = await Promise.all([
    import("./whatOptions.ts"),
    import("../judging/check/check.ts"),
    import("../judging/law/laws.ts"),
    import("../report/terminal/describeCheck.ts"),
  ]);
  const named = await loadWhat(plan.what, {}, options);
  const progress = createTotalProgress(FORESEEN * named.config.training.steps, options);
  const onProgress = checkRuns(
    progress,
    laws.map(({ name }) => name),
  );
  const { examination, cures } = await runCheck(named, {
    engine: engine.name,
    budget: options.budget,
    onProgress,
  }).finally(progress.end);
  if (options.json) printJson({ written, what: plan.what, verdict: examination.verdict });
  else if (options.quiet) print(describeCheckBriefly({ examination, cures, report: null }));
  else
    print(
      `${describeCheck({ examination, cures, report: null }, { verbose: options.verbose })}\nNext: npx learnproof check ${plan.what}`,
    );
  remarkPageless(raw, `learnproof check ${plan.what} --open`);
  return examination.verdict === "learns" && examination.holds ? ExitCode.holds : ExitCode.fails;
}

async function agrees(paths: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  remark(`learnproof init writes ${paths.join(", ")}, and checks the model.`);
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await questions.question("Write them? [Y/n] ");
  questions.close();
  return !/^n/i.test(answer.trim());
}

/** @throws {InputError} where one of the files exists: then none is written. */
async function writeNewFiles(files: readonly TextFile[]): Promise<void> {
  await writeTogether(files, { overNothing: true }).catch(({ path, reason, message }: UnwrittenError) => {
    throw reason === "EEXIST"
      ? refusal(path, "exists already, so no file was written; move it away, or write the config by hand")
      : refusal(path, `could not be written, nor was any other (${message})`);
  });
}

/** Appends to .gitignore what it lacks, in a project under Git. */
async function ignoreOutputs(): Promise<readonly string[]> {
  if (!existsSync(".git")) return [];
  const text = existsSync(".gitignore") ? readFileSync(".gitignore", "utf8") : "";
  const missing = IGNORED.filter((line) => !text.split(/\r?\n/).includes(line));
  if (missing.length === 0) return [];
  await writeWhole(
    ".gitignore",
    `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`,
  );
  return [".gitignore"];
}

function refusal(field: string, message: string): InputError {
  return new InputError({ code: "init", field, message, got: undefined });
}
