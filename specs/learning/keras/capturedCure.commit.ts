import { join } from "node:path";
import { expect, it } from "vitest";
import { runCheck } from "../../../src/judging/check/check.ts";
import { summariseCheck } from "../../../src/judging/check/summariseCheck.ts";

it("names the Python function where the loss lies, and the argument that a cure changes", async () => {
  const result = summariseCheck(await runCheck(join("fixtures", "keras", "captured", "broadcastLoss")));
  expect(result.causes[0]?.source).toMatchObject({
    file: "broadcastLoss.py",
    line: 8,
    text: "def squared_error(y_true, y_pred):",
  });
  expect(result.cure?.edits?.[0]?.replace).toEqual({
    find: "loss=squared_error",
    with: 'loss="mean_squared_error"',
  });
});
