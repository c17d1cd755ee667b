// A repository of ten commits: bisect.commit.ts has one of five.

import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { expectFound, makeRepository } from "./bisectRepository.ts";

const PLAN = { commits: 10, different: 4, broken: 7, worse: 8 } as const;

test("bisect names the first of ten commits that is different, and the first that is worse", async () => {
  const folder = await makeRepository(PLAN);
  await expectFound(folder, PLAN);
  await rm(folder, { recursive: true });
  expect.assertions(4);
});
