// Puts together a package that loads as @tensorflow/tfjs-node: the published addon, compiled here. It is compiled by
// one command, not by node-gyp: that would fetch Node's headers from outside any registry. The package node-api-headers
// has them, and their interface is the same for every Node. The published JavaScript is unchanged, but two small
// modules replace packages that it would load. Its main module wants node-pre-gyp to find the addon; the replacement
// knows where it lies. Its kernels want the union package @tensorflow/tfjs: 141 MB, for which tfjs-core, the one that
// everything else here uses, has all they take.

import { cpSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ADDON, PROTOBUF, unpackPackage, unpackWheel, WHEEL } from "./parts.ts";
import { runTool, type Tool } from "./tool.ts";

const require = createRequire(import.meta.url);

export const compiler: Tool = { command: "g++", remedy: "install a C++ compiler (Debian: apt install g++)" };

const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

const MAIN = `"use strict";
const binding = require("./lib/tfjs_binding.node");
require("./dist/register_all_kernels");
const { registerBackend } = require("@tensorflow/tfjs-core");
const { NodeJSKernelBackend } = require("./dist/nodejs_kernel_backend");
registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "${ADDON.name}"), 3);
`;

/**
 * Builds the package.
 *
 * @param workshop an empty folder; the caller removes it.
 * @param say called with a description of each step.
 * @returns the folder of the package, below `workshop`.
 * @throws {InputError} if a download or the compiler fails.
 */
export function buildAddon(workshop: string, say: (what: string) => void): string {
  const [wheel, source, built] = [join(workshop, "wheel"), join(workshop, "source"), join(workshop, "built")];
  say(`downloading ${ADDON.name}@${ADDON.version} from npm`);
  unpackPackage(ADDON, source);
  unpackPackage(PROTOBUF, join(built, "node_modules", PROTOBUF.name));
  say(`downloading ${WHEEL.requirement} (${WHEEL.size}) from PyPI`);
  unpackWheel(wheel);
  const tensorflow = join(wheel, "tensorflow");
  mkdirSync(join(built, "lib"));
  for (const name of LIBRARIES) renameSync(join(tensorflow, name), join(built, "lib", name));
  say("compiling the addon");
  compile(join(source, "binding"), join(tensorflow, "include"), join(built, "lib"));
  cpSync(join(source, "dist"), join(built, "dist"), { recursive: true });
  writeModules(built);
  return built;
}

/** Compiles the addon into the folder of the libraries, where it looks for them. */
function compile(source: string, headers: string, libraries: string): void {
  const { include_dir: nodeHeaders } = require("node-api-headers") as { include_dir: string };
  const files = readdirSync(source).filter((name) => name.endsWith(".cc"));
  const flags = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8", "-Wl,-rpath,$ORIGIN"];
  runTool(
    compiler,
    [
      ...flags,
      ...[nodeHeaders, headers].map((folder) => `-I${folder}`),
      ...files.map((name) => join(source, name)),
      `-L${libraries}`,
      ...LIBRARIES.map((name) => `-l:${name}`),
      ...["-o", join(libraries, "tfjs_binding.node")],
    ],
    "it has to know C++17: GCC 9 or later",
  );
}

function writeModules(built: string): void {
  const { name, version } = ADDON;
  // The package lists no dependencies, because npm would report those that are not in its tree as missing.
  writeFileSync(join(built, "package.json"), JSON.stringify({ name, version, main: "index.js" }));
  writeFileSync(join(built, "index.js"), MAIN);
  const union = join(built, "node_modules", "@tensorflow", "tfjs");
  mkdirSync(union, { recursive: true });
  writeFileSync(join(union, "index.js"), 'module.exports = require("@tensorflow/tfjs-core");\n');
}
