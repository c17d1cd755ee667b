import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FileRule, readWhole, stampOf } from "../../../src/foundation/files/readWhole.ts";
import { InputError } from "../../../src/foundation/input/inputError.ts";

const LINUX = process.platform === "linux";
const RULE: FileRule = { what: "a list", mostBytes: 1024 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "learnproof-files-"));
  writeFileSync(join(folder, "list"), "1,2,3");
});
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(path: string, rule: FileRule = RULE): InputError {
  try {
    readWhole(path, rule);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("a file", () => {
  test("is read whole, up to the size that it may have", () => {
    const path = join(folder, "sized");
    writeFileSync(path, "x".repeat(1024));
    expect(readWhole(path, RULE).bytes.length).toBe(1024);
    expect(readWhole(join(folder, "list"), RULE).bytes.toString()).toBe("1,2,3");

    writeFileSync(path, "x".repeat(1025));
    expect(refusal(path)).toMatchObject({ code: "too-large", field: path, got: "1025 bytes or more" });
    expect(refusal(path).rule).toContain("must be a list of at most 1 KiB");
  });

  test("has one stamp until somebody changes it, even within a moment and to the same size", () => {
    const path = join(folder, "stamped");
    writeFileSync(path, "1");
    const { stamp } = readWhole(path, RULE);
    expect(stampOf(path, RULE)).toBe(stamp);

    writeFileSync(join(folder, "other"), "2");
    utimesSync(join(folder, "other"), 0, 0);
    utimesSync(path, 0, 0);
    const before = stampOf(path, RULE);
    renameSync(join(folder, "other"), path);
    expect(stampOf(path, RULE)).not.toBe(before);
  });

  test.runIf(LINUX)("that says of itself that it is empty is read nevertheless", () => {
    expect(readWhole("/proc/self/status", { ...RULE, mostBytes: 65_536 }).bytes.length).toBeGreaterThan(100);
    expect(refusal("/proc/self/status").code).toBe("too-large");
  });

  // Reading any of these waits, or never ends.
  test.runIf(LINUX)("that is a pipe, a device or a folder is refused at once", () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);

    for (const path of [fifo, "/dev/zero", "/dev/null", "/dev/tty"])
      expect(refusal(path)).toMatchObject({ code: "not-a-file", got: "something that is no file" });
    expect(refusal(folder)).toMatchObject({ code: "not-a-file", got: "a directory" });
  });

  test.runIf(LINUX)("that the system refuses is refused in a sentence, whatever the system's code", () => {
    symlinkSync("loop", join(folder, "loop"));
    symlinkSync("nowhere", join(folder, "dangling"));

    const cases = [
      ["none", "no-such-file", "does not exist; check the path"],
      ["", "not-a-file", "name the file itself"],
      ["dangling", "no-such-file", "does not exist; check the path"],
      ["list/x", "no-such-file", "does not exist; check the path"],
      ["loop", "unreadable", "is a link that leads back to itself"],
      ["p".repeat(5000), "unreadable", "has a longer name than a file can have"],
      ["a\0b", "unreadable", "has a NUL character in its name"],
    ] as const;
    for (const [name, code, rule] of cases) {
      const error = refusal(join(folder, name));
      expect(error.code).toBe(code);
      expect(error.rule).toContain(rule);
      expect(error.message.length).toBeLessThan(1500);
    }
  });

  test.runIf(LINUX && process.getuid?.() !== 0)("without permission is refused", () => {
    const path = join(folder, "secret");
    writeFileSync(path, "1");
    chmodSync(path, 0);

    expect(refusal(path).rule).toContain("cannot be read for want of permission");
  });

  test("that a field names is refused under that field", () => {
    const rule = { ...RULE, field: "data.file" };

    expect(refusal("none.csv", rule).message).toBe(
      'data.file: names a list that does not exist; check the path (got "none.csv")',
    );
  });
});
