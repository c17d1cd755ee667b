import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runInProcess } from "../../cli/runCli.ts";

const captured = resolve("fixtures", "keras", "captured", "denseRegression");

it("keeps a captured program beside its capsule, so that it replays without the original and after a move", async () => {
  const folder = mkdtempSync(join(tmpdir(), "learnproof-capsule-"));
  const program = join(folder, "program");
  cpSync(captured, program, { recursive: true });
  const recorded = await runInProcess(
    ["record", "program", "--out", "run.json", "--json", "--engine", "wasm"],
    folder,
  );
  expect(recorded).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, "run.program", "program.json"))).toBe(true);
  rmSync(program, { recursive: true });
  const moved = mkdtempSync(join(tmpdir(), "learnproof-moved-"));
  for (const name of ["run.json", "run.program"]) renameSync(join(folder, name), join(moved, name));
  const replayed = await runInProcess(["replay", join(moved, "run.json"), "--json"], folder);
  expect(JSON.parse(replayed.stdout)).toMatchObject({
    same: true,
    digest: JSON.parse(recorded.stdout).digest,
  });
});
