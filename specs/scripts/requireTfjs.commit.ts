// Functions of TensorFlow.js are compared in a process of their own: other specs of a worker may have loaded a copy by then.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { requireTfjs } from "../../scripts/requireTfjs.ts";

test("a rewritten folder gives the very functions that an import gives", () => {
  const folder = mkdtempSync(join(tmpdir(), "learnproof-require-"));
  try {
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    mkdirSync(join(folder, "dist/deep"), { recursive: true });
    const path = join(folder, "dist/deep/module.js");
    const code = 'import { sum, tidy } from "@tensorflow/tfjs-core";\nexport { sum, tidy };\n';
    writeFileSync(path, code);
    requireTfjs(join(folder, "dist"));
    const compared = join(folder, "compare.js");
    writeFileSync(
      compared,
      'import { tidy } from "@tensorflow/tfjs-core";\nimport * as rewritten from "./dist/deep/module.js";\nconsole.log(rewritten.tidy === tidy, rewritten.sum === tidy);\n',
    );

    expect(readFileSync(path, "utf8")).not.toBe(code);
    expect(execFileSync(process.execPath, [compared], { encoding: "utf8" })).toBe("true false\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
