import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { InputError } from "../../../../src/foundation/input/inputError.ts";
import { annotateInputError } from "../../../../src/keeping/gate/github/annotations.ts";
import { publish } from "../../../../src/keeping/gate/github/github.ts";
import { madeUpRegression, madeUpResult } from "../madeUp.ts";
import { type GithubApi, startGithubApi } from "./githubApi.ts";

const TOKEN = "ghs_SECRETTOKEN1234567890";
const result = madeUpResult([madeUpRegression()]);

let folder: string;
let api: GithubApi;
let log: string;

// The toolkit reads the event, and where the summary lies, once in a process.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-publish-"));
  const event = { pull_request: { number: 7 }, repository: { name: "learner" } };
  await writeFile(join(folder, "event.json"), JSON.stringify(event));
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  api = await startGithubApi();
  for (const file of ["summary.md", "output"]) await writeFile(join(folder, file), "");
  const environment = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: api.url,
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_REPOSITORY: "octo/learner",
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    GITHUB_TOKEN: TOKEN,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  log = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    log += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await api.close();
});

const notices = () => log.split("\n").filter((line) => line.startsWith("::notice"));

describe("what GitHub is told", () => {
  test("ends with a comment where GitHub answers well, by a token with a line break behind it", async () => {
    vi.stubEnv("GITHUB_TOKEN", `${TOKEN}\r\n`);

    await publish({ result, report: null });

    expect(api.comments).toHaveLength(1);
    expect(api.requests.every(({ authorization }) => authorization === `token ${TOKEN}`)).toBe(true);
    expect(notices()).toEqual([]);
  });

  test.each(["never", "a byte a second"] as const)(
    "waits no longer than it may, where it answers %s",
    async (manner) => {
      api.manner = manner;

      await publish({ result, report: null }, 300);

      expect(notices()).toEqual([
        "::notice title=gate::The gate's comment could not be written: GitHub did not answer within 0.3 s; run the job again",
      ]);
    },
  );

  test.each([
    ["an answer that quotes it", TOKEN, /what was said is left out since it holds the token/],
    ["a line break in it", `${TOKEN}\r\nX-Evil: 1`, /GITHUB_TOKEN holds characters that no token has/],
  ])("holds no token, with %s", async (_, token, words) => {
    api.manner = "an error that quotes the token";
    vi.stubEnv("GITHUB_TOKEN", token);

    await publish({ result, report: null });

    expect(notices()).toHaveLength(1);
    expect(notices()[0]).toMatch(words);
    expect(log).not.toContain(TOKEN.slice(4, 14));
  });

  test("fits into what is left of the job's summary, and into an annotation", async () => {
    const name = `${"%|<".repeat(40)}`;
    const configChanges = Array.from({ length: 5_000 }, (_, at) => ({
      field: `model.${"%".repeat(100_000)}${at}`,
      baseline: '"x"',
      now: undefined,
    }));
    const many = Array.from({ length: 200 }, (_, at) =>
      madeUpRegression({ name: `${name}${at}`, configChanges }),
    );
    await writeFile(join(folder, "summary.md"), "x".repeat(900_000));

    await publish({ result: madeUpResult(many), report: null });

    const { size } = await stat(join(folder, "summary.md"));
    expect(size).toBeGreaterThan(950_000);
    expect(size).toBeLessThan(1024 ** 2);
    expect(await readFile(join(folder, "summary.md"), "utf8")).toContain(
      "Left out, since GitHub takes no more: ",
    );
    expect(api.comments[0]?.body.length).toBeLessThan(65_536);
    expect(Math.max(...log.split("\n").map((line) => line.length))).toBeLessThan(65_536);
    expect(log).toContain("4980 more fields changed");
  });
});

describe("bad input", () => {
  const error = (field: string) => new InputError({ code: "x", field, message: "must be well", got: 1 });

  test.skipIf(process.platform === "win32")(
    "is marked in a config that is a pipe, without waiting for it",
    async () => {
      const path = join(folder, "pipe.json");
      await promisify(execFile)("mkfifo", [path]);

      await annotateInputError(error(path), path);

      expect(log).toMatch(/^::error title=learnproof%3A bad input,file=.*pipe\.json,line=1::/);
    },
  );

  test("is marked without the name of a config that would turn the log round", async () => {
    const path = join(folder, "\u202egpj.json");
    await writeFile(path, "{}");

    await annotateInputError(error("training.steps"), path);

    expect(log).toBe(`::error title=learnproof%3A bad input::training.steps: must be well (got 1)\n`);
  });

  test("is marked without the name of a config that is longer than a path", async () => {
    await annotateInputError(error("training.steps"), "x".repeat(500_000));

    expect(log).toBe("::error title=learnproof%3A bad input::training.steps: must be well (got 1)\n");
  });

  test("is marked in a config that is nested deeper than a parser goes", async () => {
    const path = join(folder, "deep.json");
    await writeFile(path, "[".repeat(500_000));

    await annotateInputError(error("training.steps"), path);

    expect(log).toContain("line=1::training.steps");
  });
});
