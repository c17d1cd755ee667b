import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { builtPackage } from "../../../builtPackage.ts";
import { type CliResult, runCli, runInProcess } from "../../../cli/runCli.ts";
import { tinyConfig } from "../tinyConfig.ts";
import { type GithubApi, startGithubApi } from "./githubApi.ts";

/** Everything that GitHub reads in a name; Windows allows less in one. */
const NAME =
  process.platform === "win32"
    ? "`%0A' @octo !.json"
    : "::error::x\n::set-output name=passed::true %0A<script>`|@octo##[error]";

let folder: string;
let api: GithubApi;

beforeAll(async () => {
  vi.stubEnv("GITHUB_ACTIONS", "");
  folder = await mkdtemp(join(tmpdir(), "learnproof-github-"));
  api = await startGithubApi();
  const pullRequest = { number: 7, title: "::error::" };
  const event = { number: 7, pull_request: pullRequest, repository: { name: "learner" } };
  await writeFile(join(folder, "event.json"), JSON.stringify(event));
  await configure(tinyConfig());
  await runInProcess(["gate", NAME, "--update", "--seeds", "24", "--engine", "wasm"], folder);
  await configure(tinyConfig({ kernelInitializer: "zeros" }));
  // The runs below find what they would measure in the cache: that saves a minute.
  await runInProcess(["gate", "--engine", "wasm"], folder);
});

beforeEach(async () => {
  api.comments.length = 0;
  api.readOnly = false;
  for (const file of ["summary.md", "output"]) await writeFile(join(folder, file), "");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await api.close();
  await rm(folder, { recursive: true });
});

function configure(config: object): Promise<void> {
  return writeFile(join(folder, NAME), JSON.stringify(config, null, 2));
}

/** Runs the gate as a step of a workflow, with the variables and files that GitHub sets. */
async function onGithub(args: readonly string[] = [], environment: object = {}): Promise<CliResult> {
  return runCli(["gate", "--engine", "wasm", ...args], folder, { ...workflowEnvironment(), ...environment });
}

/** The variables that GitHub sets, and those that our steps ask for. */
function workflowEnvironment() {
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: api.url,
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_REPOSITORY: "octo/learner",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    GITHUB_TOKEN: "t0ken",
    GITHUB_WORKSPACE: folder,
  };
}

/** The same by the script of the composite action, as a step of somebody's workflow runs it. */
async function byAction(configs = ""): Promise<CliResult> {
  const { runs } = parse(await readFile("action.yml", "utf8"));
  const script = runs.steps.find(({ id }: { id?: string }) => id === "gate").run;
  const bash = (args: readonly string[], env: object): Promise<CliResult> =>
    new Promise((done) => {
      execFile("bash", args, { cwd: folder, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  return bash(["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    ...workflowEnvironment(),
    BASELINES: "fixtures/baselines",
    CACHE: join("node_modules", ".cache", "learnproof"),
    CAPSULES: join(folder, "capsules"),
    CONFIGS: configs,
    ENGINE: "wasm",
    MAIN: join(builtPackage(), "dist/cli/main.js"),
  });
}

/** What a runner would obey: a line that begins with `::`, or holds `##[`. */
function commandsIn(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => /^\s*::/.test(line) || line.includes("##["));
}

describe("on GitHub", () => {
  test("a regression is annotated, summed up, put out and commented on, whatever the config's name", async () => {
    const { code, stdout, stderr } = process.platform === "win32" ? await onGithub() : await byAction();

    expect(code).toBe(1);
    const commands = [...commandsIn(stdout), ...commandsIn(stderr)];
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error title=learnproof%3A .*,file=.*,line=11::regressed: share of seeds/);
    expect(commands[0]).toContain('model.kernelInitializer: "glorotUniform" → "zeros"');

    const output = await readFile(join(folder, "output"), "utf8");
    expect(output).toMatch(/^passed<<(ghadelimiter_\S+)\r?\nfalse\r?\n\1\r?\n/);
    expect(output).not.toMatch(/^passed=|^::/m);

    const summary = await readFile(join(folder, "summary.md"), "utf8");
    expect(summary).toMatch(/^## ❌ The gate fails: 1 of 1 subject regressed, on wasm\./);
    expect(summary).toMatch(
      /\| ❌ regressed \| <code>.*<\/code> \| <code>.*<\/code> \| 0 of 6 seeds learn \|/,
    );
    expect(summary).toMatch(/```text\nbaseline\n[^`]*\n\nnow\n[^`]*\n```/);
    expect(summary).toContain("### Replay");
    if (process.platform !== "win32") {
      const [capsule] = await readdir(join(folder, "capsules"));
      expect(capsule).toMatch(/^collapsed-[0-9a-f]{12}\.json$/);
      const replayed = await runInProcess(
        ["replay", join(folder, "capsules", `${capsule}`), "--json"],
        folder,
      );
      expect(JSON.parse(replayed.stdout)).toMatchObject({ same: true, verdict: "collapsed" });
    }
    expect(summary).not.toMatch(/<script|@octo|##\[|%0A|^::/m);

    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toBe(`<!-- learnproof gate wasm -->\n${summary}`);
    expect(await readFile(join(folder, "learnproof-gate.md"), "utf8")).toBe(summary);
  });

  test("a fork's token may not comment: that is a notice, and standard output is JSON all the same", async () => {
    api.readOnly = true;

    const { code, stdout, stderr } = await onGithub(["--json"]);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ passed: false });
    expect(commandsIn(stdout)).toEqual([]);
    const commands = commandsIn(stderr);
    expect(commands).toHaveLength(2);
    expect(commands[0]).toMatch(/^::error title=learnproof/);
    expect(commands[1]).toMatch(
      /^::notice title=gate::The gate's comment could not be written: .*not accessible/,
    );
    expect(api.comments).toEqual([]);
  });

  test("a config that is bad input is annotated on its line, and nothing is commented", async () => {
    const good = await readFile(join(folder, NAME), "utf8");
    await writeFile(join(folder, NAME), good.replace('"zeros"', '"::error::\\n##[error]%0A"'));

    for (const [name, value] of Object.entries(workflowEnvironment())) vi.stubEnv(name, value);
    const { code, stdout, stderr } = await runInProcess(["gate", "--engine", "wasm"], folder);
    vi.unstubAllEnvs();
    await writeFile(join(folder, NAME), good);

    expect(code).toBe(2);
    expect(stdout).toBe("");
    const commands = commandsIn(stderr);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(
      /^::error title=learnproof%3A bad input,file=.*,line=11::model\.kernelInitializer: must be/,
    );
    expect(await readFile(join(folder, "summary.md"), "utf8")).toBe("");
    expect(api.comments).toEqual([]);
  });

  test("files that cannot be written, and an event that is none, are notices; the verdict stands", async () => {
    const missing = join(folder, "missing", "file");
    await writeFile(join(folder, "bad.json"), "{");

    const { code, stdout } = await onGithub([], {
      GITHUB_STEP_SUMMARY: missing,
      GITHUB_OUTPUT: missing,
      GITHUB_EVENT_PATH: join(folder, "bad.json"),
    });

    expect(code).toBe(1);
    const notices = commandsIn(stdout).filter((line) => line.startsWith("::notice"));
    expect(notices.map((line) => /The gate's (.*) could not/.exec(line)?.[1])).toEqual([
      "outputs",
      "job summary",
      "comment",
    ]);
  });

  test("a pull request whose number is none is asked nothing of", async () => {
    const event = { pull_request: { number: "7/../../evil" }, repository: { name: "learner" } };
    await writeFile(join(folder, "evil.json"), JSON.stringify(event));
    api.requests.length = 0;

    const { stdout } = await onGithub([], { GITHUB_EVENT_PATH: join(folder, "evil.json") });

    expect(api.requests).toEqual([]);
    expect(stdout).toContain("comment could not be written: the event's pull request must have a number");
  });

  test.skipIf(process.platform === "win32")(
    "the action gates the configs it is given, a line each",
    async () => {
      const plain = "-- $(touch stolen) `touch stolen` $HOME.json";
      await writeFile(join(folder, plain), JSON.stringify(tinyConfig()));

      const { code, stderr } = await byAction(`\n${plain}\n`);

      expect(code).toBe(2);
      expect(stderr).toContain(`${plain}: must have a baseline for the engine wasm`);
      expect(await readdir(folder)).not.toContain("stolen");
    },
  );
});
