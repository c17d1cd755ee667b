import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
    { path: spec, text: specText(name) },
  ];
  await writeTogether(files, { overNothing: true }).catch(({ path, reason, message }: UnwrittenError) => {
    if (reason === "EEXIST") throw refusal("name", `must be new: ${path} exists already; take another`, name);
    throw refusal("name", `must name files that can be written; neither was (${message})`, name);
  });
  if (raw.json === true) printJson({ spec, config });
  else print(`Wrote ${spec} and ${config}.\nRun it: npx vitest run ${spec}`);
  return ExitCode.holds;
}

function specText(name: string): string {
  return `import config from "../../${CONFIGS}/${name}.json" with { type: "json" };
import { failureMode } from "${ownImport()}";

failureMode("${name.replaceAll("-", " ")}", {
  // The config that fails: edit ${CONFIGS}/${name}.json.
  config,
  // What becomes of it: "collapsed", "stalled", "diverged" or "learns".
  verdict: "collapsed",
  // What the diagnosis must name: npx learnproof check ${CONFIGS}/${name}.json says what it does name.
  cause: "symmetric-initialisation",
  // What is merged into the config to cure it; null where nothing is known to.
  cure: { model: { kernelInitializer: "glorotUniform" } },
});
`;
}

/** In learnproof's own repository the package is its source. */
function ownImport(): string {
  const name =
    existsSync("package.json") &&
    (JSON.parse(readFileSync("package.json", "utf8")) as { name?: string }).name;
  return name === "learnproof" ? "../vitest/index.ts" : "learnproof/vitest";
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-value", field, message, got });
}
