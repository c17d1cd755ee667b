// A program that would train for long is cut to its first steps: where these are too few, the cut must accuse nobody.

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

/** The multiplications of a forward pass from which a run is cut to its first 100 steps. */
const HEAVY = 1e9;

/** A captured program of 400 steps, said to be as heavy, with another learning rate. */
function captured(work: number, rate: number): string {
  const folder = join(mkdtempSync(join(tmpdir(), "learnproof-long-")), "functional");
  cpSync("fixtures/keras/captured/functional", folder, { recursive: true });
  const file = join(folder, "program.json");
  const program = JSON.parse(readFileSync(file, "utf8"));
  program.fit = { ...program.fit, work };
  program.compile.optimizer.config.learning_rate = rate;
  writeFileSync(file, JSON.stringify(program));
  return folder;
}

test("a program that needs more than its first steps gets more of them", async () => {
  const { verdict, run, causes } = await check(captured(HEAVY, 3e-3), { engine, cures: false });

  expect({ verdict, causes }).toEqual({ verdict: "learns", causes: [] });
  expect(run.steps).toBe(400);
});

test("a program whose loss does not fall is accused by its first steps: the twin", async () => {
  const { run, verdict, causes } = await check(captured(HEAVY, 1000), { engine, cures: false });

  expect(run.steps).toBe(100);
  expect(verdict).not.toBe("unfinished");
  expect(causes.length).toBeGreaterThan(0);
});
