// The reusable workflow in a repository of several packages, each with its own baseline.

import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { makeProject, runIn } from "./inFolder.ts";
import { type Outcome, runSteps, type Step } from "./runSteps.ts";

interface Called {
  readonly on: {
    readonly workflow_call: { readonly inputs: Readonly<Record<string, { readonly default: string }>> };
  };
  readonly jobs: Readonly<Record<"parts" | "gate", { readonly steps: readonly Step[] }>>;
}

const workflow: Called = parse(await readFile(".github/workflows/reusable-gate.yml", "utf8"));

/** Takes the steps of a job of the workflow in a checkout, for one of its packages. */
function runWorkflow(
  repository: string,
  directory: string,
  job: keyof Called["jobs"] = "gate",
  more: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const inputs = Object.entries(workflow.on.workflow_call.inputs).map(([name, input]) => [
    `inputs.${name}`,
    input.default,
  ]);
  const given = { ...Object.fromEntries(inputs), "inputs.working-directory": directory, "github.token": "" };
  return runSteps(workflow.jobs[job].steps, repository, { ...given, ...more });
}

/** A workspace of two packages, each the example with the gate, and a lock file at its root. */
async function makeWorkspace(): Promise<string> {
  const repository = join(await makeProject(), "repository");
  const packages = ["packages/one", "packages/two"];
  for (const folder of packages) {
    await cp("examples/gate", join(repository, folder), { recursive: true });
    // Without dependencies, so that npm needs no registry: Node finds the packed package in a folder above.
    const manifest = { name: folder.replace("packages/", ""), version: "1.0.0", type: "module" };
    await writeFile(join(repository, folder, "package.json"), JSON.stringify(manifest));
  }
  const root = { name: "workspace", version: "1.0.0", private: true, workspaces: packages };
  await writeFile(join(repository, "package.json"), JSON.stringify(root));
  const locked = await runIn(repository, "npm", ["install", "--package-lock-only", "--offline"]);
  expect(locked.code, locked.stderr).toBe(0);
  return repository;
}

describe.skipIf(process.platform === "win32")("the reusable workflow in a workspace of two packages", () => {
  test("installs from the lock file at the root, and fails for the package alone that learns worse", async () => {
    const repository = await makeWorkspace();
    const model = join(repository, "packages/two/model.js");
    const text = await readFile(model, "utf8");
    expect(text).toContain("units: 8");
    await writeFile(model, text.replace("units: 8", "units: 1"));

    const one = await runWorkflow(repository, "packages/one");
    const two = await runWorkflow(repository, "packages/two");

    expect(one.last.code, one.last.stdout + one.last.stderr).toBe(0);
    expect(one.taken).toEqual(["install", "gate"]);
    expect(one.outputs["steps.gate.outputs.passed"]).toBe("true");
    expect(two.last.code).toBe(1);
    expect(two.outputs["steps.gate.outputs.headline"]).toBe(
      "The gate fails: 1 of 1 subject regressed, on wasm.",
    );
    expect(two.outputs["steps.gate.outputs.report"]).toContain(join("packages", "two"));

    // On two machines, of which the second has no subject left to measure.
    const shards = { "inputs.shards": "[1, 2]", "strategy.job-total": "2" };
    const part = (shard: string) =>
      runWorkflow(repository, "packages/two", "parts", { ...shards, "matrix.shard": shard });
    const early = await part("1");
    const missing = await runWorkflow(repository, "packages/two", "gate", shards);
    const late = await part("2");
    const merged = await runWorkflow(repository, "packages/two", "gate", shards);

    expect([early.last.code, late.last.code]).toEqual([1, 0]);
    expect([missing.last.code, missing.last.stderr]).toEqual([
      2,
      expect.stringContaining("must hold part 2/2"),
    ]);
    expect(merged.last.code).toBe(1);
    expect(merged.outputs["steps.gate.outputs.headline"]).toBe(two.outputs["steps.gate.outputs.headline"]);
  });
});
