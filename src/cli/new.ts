import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../foundation/files/readJson.ts";
import { type UnwrittenError, writeTogether } from "../foundation/files/writeWhole.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

const SPECS = "specs/failure-modes";
const CONFIGS = "fixtures/failure-modes";

/** A collapse to begin with: it fails as its spec says, so that the first run is green. */
const CONFIG = {
  subject: "dense",
  seed: 1,
  model: { inputs: 2, hidden: [{ units: 16, activation: "relu" }], outputs: 1, kernelInitializer: "zeros" },
  data: { formula: ["x0 * x1 + 0.5 * x0"], inputRange: [-1, 1], examples: 200, heldOut: 100 },
  training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 32, steps: 400 },
};

/** `new failure-mode NAME`: a spec and a config, ready to edit, that run at once. */
export async function newCommand(kind: string, name: string, raw: RawOptions): Promise<ExitCode> {
  if (kind !== "failure-mode")
    throw refusal("kind", "must be failure-mode, the only thing that can be made", kind);
  if (typeof name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 60) {
    throw refusal(
      "name",
      "must be words in small letters with hyphens between, such as too-many-units",
      name,
    );
  }
  const spec = join(SPECS, `${name}.spec.ts`);
  const config = join(CONFIGS, `${name}.json`);
  const files = [
    { path: config, text: `${JSON.stringify(CONFIG, null, 2)}\n` },
    { path: spec, text: specText(name, await findImports()) },
  ];
  await writeTogether(files, { overNothing: true }).catch(({ path, reason, message }: UnwrittenError) => {
    if (reason === "EEXIST") throw refusal("name", `must be new: ${path} exists already; take another`, name);
    throw refusal("name", `must name files that can be written; neither was (${message})`, name);
  });
  if (raw.json === true) printJson({ spec, config });
  else print(`Wrote ${spec} and ${config}.\nRun it: npx vitest run ${spec}`);
  return ExitCode.holds;
}

function specText(name: string, { root, vitest }: Imports): string {
  return `import config from "../../${CONFIGS}/${name}.json" with { type: "json" };
import type { ConfigInput } from "${root}";
import { failureMode } from "${vitest}";

failureMode("${name.replaceAll("-", " ")}", {
  // The config that fails: edit ${CONFIGS}/${name}.json. TypeScript takes the names in a JSON file for any strings.
  config: config as ConfigInput,
  // What becomes of it: "collapsed", "stalled", "diverged" or "learns".
  verdict: "collapsed",
  // What the diagnosis must name: npx learnproof check ${CONFIGS}/${name}.json says what it does name.
  cause: "symmetric-initialisation",
  // What is merged into the config to cure it; null where nothing is known to.
  cure: { model: { kernelInitializer: "glorotUniform" } },
});
`;
}

/** What the spec imports learnproof from. */
interface Imports {
  readonly root: string;
  readonly vitest: string;
}

/** A clone of learnproof's own repository imports its source, since it is not installed there. */
async function findImports(): Promise<Imports> {
  const installed = { root: "learnproof", vitest: "learnproof/vitest" };
  if (!existsSync("package.json")) return installed;
  const own = (await readJson("package.json", "package")) as { readonly name?: unknown } | null;
  return own?.name === "learnproof"
    ? { root: "../../src/index.ts", vitest: "../../src/vitest/index.ts" }
    : installed;
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-value", field, message, got });
}
