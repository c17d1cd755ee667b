import { describe, expect, test } from "vitest";
import { runInProcess } from "./runCli.ts";

describe("explain", () => {
  test("says what a cause means, as text and as JSON", async () => {
    const text = await runInProcess(["explain", "dead-relu-units"], ".");
    const json = await runInProcess(["explain", "dead-relu-units", "--json"], ".");

    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^dead-relu-units \(cause\): .*\n\nWhat one sees: /);
    expect(JSON.parse(json.stdout)).toMatchObject({
      name: "dead-relu-units",
      kind: "cause",
      text: text.stdout.trimEnd(),
    });
  });

  test("says what a law asks", async () => {
    const { stdout, code } = await runInProcess(["explain", "beatsTheMean"], ".");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^beatsTheMean \(law\): /);
  });

  test("lists all of them without a name", async () => {
    const { stdout } = await runInProcess(["explain"], ".");

    expect(stdout).toMatch(/^cause overfitting: /m);
    expect(stdout).toMatch(/^law {3}climbs: /m);
  });

  test.each([
    ["dead-relu-unit", "did you mean dead-relu-units?"],
    ["beatsthemean", "did you mean beatsTheMean?"],
    ["qqqqqqqq", "run learnproof explain for all of them"],
  ])("refuses %s, and says what was meant", async (name, said) => {
    const { stdout, stderr, code } = await runInProcess(["explain", name], ".");

    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(said);
    expect(stderr).toContain(`(got "${name}")`);
  });
});
