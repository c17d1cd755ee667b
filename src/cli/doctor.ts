import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { findUnusedGpu } from "../learning/engine/unusedGpu.ts";
import { type EngineState, inspectEngines } from "./engineStates.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

interface Problem {
  readonly what: string;
  readonly mend: string;
}

const LEAST_NODE = [20, 19] as const;
const require = createRequire(import.meta.url);

/** `doctor`: what would run here, what is missing, and how it is mended. */
export async function doctorCommand(raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const problems = [...nodeProblems(), ...duplicateProblems()];
  const engines = await inspectEngines();
  const gpu = findUnusedGpu();
  const notes =
    gpu === null ? [] : [`${gpu} is used with --engine tensorflow or webgpu; the default is wasm`];
  if (json) printJson({ node: process.version, engines, problems, notes });
  else print(describe(engines, problems, notes));
  return problems.length === 0 ? ExitCode.holds : ExitCode.fails;
}

function nodeProblems(): readonly Problem[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
  return isOld
    ? [
        {
          what: `Node ${process.version} is older than ${LEAST_NODE.join(".")}`,
          mend: "install a later Node",
        },
      ]
    : [];
}

/** Two copies of TensorFlow.js do not share engines or tensors, nor two copies of learnproof their subjects. */
function duplicateProblems(): readonly Problem[] {
  return ["@tensorflow/tfjs-core", "@tensorflow/tfjs-layers"].flatMap((name) => {
    const theirs = folderBelow(resolve("."), name);
    const ours = require.resolve
      .paths(name)
      ?.map((place) => join(place, name))
      .find((folder) => existsSync(folder));
    if (theirs === null || ours === undefined || realpathSync(theirs) === realpathSync(ours)) return [];
    return [
      {
        what: `${name} is installed twice: ${versionOf(theirs)} here and ${versionOf(ours)} for learnproof`,
        mend: `npm install ${name}@${versionOf(ours)}, then npm dedupe`,
      },
    ];
  });
}

function folderBelow(project: string, name: string): string | null {
  const folder = join(project, "node_modules", name);
  return existsSync(folder) ? folder : null;
}

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}

function describe(
  engines: readonly EngineState[],
  problems: readonly Problem[],
  notes: readonly string[],
): string {
  return [
    `Node ${process.version}`,
    ...engines.map(
      ({ name, starts, why }) => `Engine ${name} ${starts ? "starts" : "does not start"}: ${why}`,
    ),
    ...notes,
    ...problems.map(({ what, mend }) => `Problem: ${what}; ${mend}`),
    ...(problems.length === 0 ? ["Nothing is wrong."] : []),
  ].join("\n");
}
