import { afterEach, describe, expect, test, vi } from "vitest";
import { createTotalProgress, formatTimeLeft, progressFormat } from "../../src/cli/progress.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a line of progress", () => {
  test.each([200, 106, 105, 74, 73, 40])("on %i columns says the time left, and fits", (columns) => {
    const format = progressFormat(columns, "loss {loss} | Var(Y) {variance}");
    const line = format
      .replace("{title}", "learnsTheSameTwice")
      .replace("{bar}", "█".repeat(20))
      .replace("{value}/{total}", "1000/1000")
      .replace("{loss}", "0.00123")
      .replace("{variance}", "0.203")
      .replace("{eta_formatted}", "10m5s");

    expect(line).toMatch(/10m5s left$/);
    expect(line.length).toBeLessThanOrEqual(Math.max(columns, 45));
  });

  test.each([
    [65, "1m5s"],
    [3, "3s"],
    // As cli-progress says that it does not know.
    ["INF" as unknown as number, "…"],
    ["NULL" as unknown as number, "…"],
  ])("writes %s seconds left as %s", (seconds, text) => {
    expect(formatTimeLeft(seconds, { autopaddingChar: "" }, 1)).toBe(text);
  });

  test("in a pipe, or on a dumb terminal, is not written", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    vi.stubEnv("TERM", "dumb");

    const progress = createTotalProgress(10);
    progress.begin("small", 10);
    progress.step();
    progress.end();

    expect(write).not.toHaveBeenCalled();
  });
});
