import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { captureScript } from "../../../src/learning/keras/capture/captureScript.ts";
import { findPython } from "../../../src/learning/keras/capture/findPython.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-no-python-"));
const script = join(folder, "train.py");
writeFileSync(script, "import sys\nprint(sys.argv)\n");

it("says where to name a Python if there is none", async () => {
  await expect(captureScript(script, join(folder, "out"), { python: "/nothing/python3" })).rejects.toThrow(
    "--python: must be a Python that starts, with Keras in it; name one with --python PATH",
  );
  await expect(captureScript(join(folder, "none.py"), join(folder, "out"))).rejects.toThrow("does not exist");
  expect(readdirSync(folder)).toEqual(["train.py"]);
});

it("takes the Python that is asked for, else that of the environment", () => {
  expect(findPython("mine", { LEARNPROOF_PYTHON: "other" })).toBe("mine");
  expect(findPython(undefined, { LEARNPROOF_PYTHON: "other" })).toBe("other");
  expect(findPython(undefined, {})).toMatch(/^python/);
});
