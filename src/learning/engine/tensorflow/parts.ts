// Downloads the parts of the addon: two packages of npm and one of PyPI, each pinned by its hash.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../foundation/input/inputError.ts";
import { runTool, type Tool } from "./tool.ts";

export const python: Tool = { command: "python3", remedy: "install Python 3" };
export const pip: Tool = { command: "python3", first: ["-m", "pip"], remedy: "install pip for python3" };
export const npm: Tool = { command: "npm", remedy: "install Node with npm" };
export const tar: Tool = { command: "tar", remedy: "install tar" };

/**
 * The smallest wheel that carries the C library. The addon was written for TensorFlow 2.9; it uses nothing of the C
 * interface that has changed since.
 */
export const WHEEL = {
  requirement: "tensorflow-cpu==2.15.1",
  sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
  size: "207 MB",
  // These are the wheel's own Python and platform; the library inside does not use the Python that is installed here.
  made: ["--implementation=cp", "--python-version=3.11", "--platform=manylinux2014_x86_64"],
} as const;

/** The parts of the wheel that are needed: the two libraries, and the headers that the addon's source includes. */
const WANTED = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tsl/c/",
  "tensorflow/include/tsl/platform/",
];

const UNPACK_WHEEL = `
import sys, zipfile
archive, folder, *wanted = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel:
    wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(tuple(wanted))])
`;

/** A package of npm, and the integrity that the registry gives for it. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** The addon's source in C++, and TensorFlow.js's kernels for it in JavaScript. */
export const ADDON: Package = {
  name: "@tensorflow/tfjs-node",
  version: "4.22.0",
  integrity:
    "sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==",
};

/** The package that the addon's JavaScript requires besides tfjs-core. */
export const PROTOBUF: Package = {
  name: "google-protobuf",
  version: "3.21.4",
  integrity:
    "sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==",
};

const CHECK_NETWORK = "look at its settings and the network, then run this again";

/**
 * Downloads the wheel from the index that pip is configured for, and unpacks the parts that are needed.
 *
 * @param folder to be made; holds `tensorflow/` afterwards.
 * @throws {InputError} if pip or the unpacking fails.
 */
export function unpackWheel(folder: string): void {
  mkdirSync(folder);
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${WHEEL.requirement} --hash=sha256:${WHEEL.sha256}\n`);
  const download = ["download", "--no-deps", "--only-binary=:all:", ...WHEEL.made, "--dest", folder];
  runTool(pip, [...download, "--quiet", "--require-hashes", "--requirement", requirements], CHECK_NETWORK);
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl")) ?? "";
  const unpack = ["-c", UNPACK_WHEEL, join(folder, wheel), folder, ...WANTED];
  runTool(python, unpack, "look whether the disk is full");
}

/**
 * Downloads a package from the registry that npm is configured for, and unpacks it. None of its code is run.
 *
 * @param folder to be made; holds the package's files afterwards.
 * @throws {InputError} if npm fails, or gives something else than what is pinned.
 */
export function unpackPackage({ name, version, integrity }: Package, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const pack = [
    "pack",
    `${name}@${version}`,
    "--ignore-scripts",
    "--loglevel=error",
    "--pack-destination",
    folder,
  ];
  const archive = join(folder, runTool(npm, pack, CHECK_NETWORK).trim());
  const got = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (got !== integrity) {
    throw new InputError({
      code: "wrong-package",
      field: `${name}@${version}`,
      message: `must have the integrity ${integrity}; ask whoever runs your registry`,
      got,
    });
  }
  runTool(tar, ["-xf", archive, "-C", folder, "--strip-components=1"], "look whether the disk is full");
}
