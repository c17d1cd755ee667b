import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../../src/learning/config/readConfig.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-config-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<string> {
  const path = join(folder, "config.json");
  await writeFile(path, text);
  return path;
}

describe("a config file", () => {
  // Reading a pipe that nobody writes to would wait for ever.
  test.skipIf(process.platform === "win32")("that is a pipe is refused at once", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);

    const reading = readConfig(pipe);

    await expect(reading).rejects.toMatchObject({ code: "not-a-file", got: "something that is no file" });
  });

  test("is read with its defaults filled in, a byte order mark ignored", async () => {
    const path = await fileWith('\uFEFF{"seed": 7}');

    const config = await readConfig(path);

    expect(config).toMatchObject({ seed: 7, training: { steps: 500 } });
  });

  test.each([
    ["", "empty-file", "write {} to take every default"],
    [" \n", "empty-file", "write {} to take every default"],
    ['{"seed": 1', "invalid-json", "must be valid JSON"],
    ['{"seed": NaN}', "invalid-json", "no NaN"],
    [`"${"x".repeat(1024 ** 2)}"`, "too-large", "at most 1 MiB"],
    [`{"seed": ${"[".repeat(500_000)}${"]".repeat(500_000)}}`, "too-deep", "at most 100 deep"],
    [`{"seed": ${"[".repeat(100)}${"]".repeat(100)}}`, "too-deep", '(got "101 deep")'],
    [`{"seed": ${"[".repeat(99)}${"]".repeat(99)}}`, "invalid-value", "must be a whole number"],
    ['{"seed": -1}', "out-of-range", "must be a whole number from 1"],
  ])("with %.12j in it is refused as %s", async (text, code, rule) => {
    const path = await fileWith(text);

    const reading = readConfig(path);

    await expect(reading).rejects.toMatchObject({ name: "InputError", code });
    await expect(reading).rejects.toThrow(rule);
  });

  // Windows has none that is named as a file.
  test.runIf(existsSync("/dev/null"))("that is a device is refused", async () => {
    await expect(readConfig("/dev/null")).rejects.toMatchObject({ code: "not-a-file" });
  });

  test("that is a directory or not there is refused, naming the path", async () => {
    await expect(readConfig(folder)).rejects.toMatchObject({ code: "not-a-file", field: folder });
    await expect(readConfig(join(folder, "none.json"))).rejects.toThrow("does not exist; check the path");
    const file = await fileWith("{}");
    await expect(readConfig(join(file, "deeper.json"))).rejects.toThrow("does not exist; check the path");
  });
});
