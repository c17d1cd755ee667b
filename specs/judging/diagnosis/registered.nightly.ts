import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { test as property } from "@fast-check/vitest";
import { beforeAll, describe, expect, test } from "vitest";
import { causes } from "../../../src/judging/diagnosis/causes.ts";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { healthyConfig } from "../../../src/lab/arbitrary/healthyConfig.ts";
import { healthyDenseConfig } from "../../../src/lab/arbitrary/healthyDenseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** The names of the specs that vitest finds in a folder, none of which it runs: a mention or a comment is none. */
async function listSpecs(folder: string): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".spec.ts"));
  const paths = files.map((file) => `${folder}/${file}`);
  const args = [resolve("node_modules/vitest/vitest.mjs"), "list", ...paths, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, VITEST: "" },
    maxBuffer: 1e8,
  });
  return (JSON.parse(stdout) as readonly { readonly name: string }[]).map(({ name }) => name);
}

describe("every cause", () => {
  test("has a failure mode that vitest runs", async () => {
    const registered = await listSpecs("specs/failure-modes");

    const isNamed = (cause: string) => registered.some((name) => name.endsWith(` > is caused by ${cause}`));
    expect(causes.map(({ name }) => name).filter((name) => !isNamed(name))).toEqual([]);
    expect(isNamed("no-such-cause")).toBe(false);
  });

  property.prop([healthyConfig(), healthyDenseConfig()], { numRuns: 5 })(
    "is unnamed where a network learns",
    async (box, dense) => {
      for (const config of [box, dense]) {
        const subject = await createSubject(config);
        expect(await diagnose(subject, await train(subject), config)).toEqual([]);
      }
    },
  );
});
