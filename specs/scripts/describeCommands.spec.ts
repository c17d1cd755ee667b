import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { describeCommands } from "../../scripts/describeCommands.ts";

test("docs/commands.md says of the commands what their list says; if not: npm run docs", async () => {
  const text = await readFile("docs/commands.md", "utf8");

  expect(text).toContain(describeCommands());
});
