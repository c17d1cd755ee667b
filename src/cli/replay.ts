import { InputError } from "../foundation/input/inputError.ts";
import { readCapsule } from "../keeping/capsule/capsule.ts";
import { type Replay, replay } from "../keeping/capsule/replay.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { createTotalProgress } from "./progress.ts";

/** `replay CAPSULE`: makes the run again and compares. */
export async function replayCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  if (options.seed !== undefined) {
    throw new InputError({
      code: "conflict",
      field: "--seed",
      message: "is in the capsule; leave it out, or train its config instead",
      got: options.seed,
    });
  }
  const capsule = await readCapsule(path);
  const engine = await startEngine({ name: options.engine ?? capsule.engine, threads: options.threads });
  if (!options.json) remark(`engine ${engine.reason}`);

  const { steps } = capsule.config.training;
  const progress = createTotalProgress(steps);
  const result = await replay(capsule, engine, { onProgress: allRuns(progress) }).finally(progress.end);

  if (options.json) printJson(replayJson(result, engine.name));
  else print(describeReplay(result));
  return result.same ? ExitCode.holds : ExitCode.fails;
}

function replayJson({ same, outcome, expected }: Replay, engine: string) {
  return {
    same,
    digest: outcome.digest,
    expectedDigest: expected.digest,
    verdict: outcome.verdict,
    expectedVerdict: expected.verdict,
    cause: outcome.cause,
    expectedCause: expected.cause,
    engine,
  };
}

function describeReplay({ same, outcome, expected }: Replay): string {
  const row = (name: "verdict" | "cause" | "digest") => {
    const [now, then] = [outcome[name] ?? "none", expected[name] ?? "none"];
    return `  ${name.padEnd(8)} ${now === then ? now : `${now}, recorded ${then}`}`;
  };
  return [
    same ? "the same run, bit for bit" : "another run than the one recorded",
    row("verdict"),
    row("cause"),
    row("digest"),
  ].join("\n");
}
