import { describe, expect, test } from "vitest";
import { rewriteImports } from "../../scripts/requireTfjs.ts";

const rewrite = (code: string) => rewriteImports(code, (name) => `./${name.slice("@tensorflow/".length)}.js`);

describe("an import of TensorFlow.js", () => {
  test("by names, also under other names, takes them from the package that is required", () => {
    expect(
      rewrite('import { tidy, sum as total } from "@tensorflow/tfjs-core";\nexport const a = 1;\n'),
    ).toBe('import tfjs0 from "./tfjs-core.js"; const { tidy, sum: total } = tfjs0;\nexport const a = 1;\n');
  });

  test("as a whole, and for what it does alone", () => {
    expect(rewrite('import * as core from "@tensorflow/tfjs-core";')).toBe(
      'import core from "./tfjs-core.js";',
    );
    expect(rewrite('import "@tensorflow/tfjs-layers";')).toBe('import "./tfjs-layers.js";');
  });

  test("beside another keeps that, and the places of all", () => {
    const code =
      '// first\nimport { z } from "zod";\nimport { tidy } from "@tensorflow/tfjs-core";\nimport { layers } from "@tensorflow/tfjs-layers";\n';
    const rewritten = rewrite(code);

    expect(rewritten.split("\n")[1]).toBe('import { z } from "zod";');
    expect(rewritten.split("\n")[2]).toContain("const { tidy } = tfjs");
    expect(rewritten.split("\n")[3]).toContain("const { layers } = tfjs");
  });
});

test.each([
  "const text = 'import { tidy } from \"@tensorflow/tfjs-core\"';",
  '// import { tidy } from "@tensorflow/tfjs-core";',
  'const core = await import("@tensorflow/tfjs-core");',
  'import { node } from "@tensorflow/tfjs-node";',
])("stays as it is: %s", (code) => {
  expect(rewrite(code)).toBe(code);
});
