import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Package, unpackPackage } from "../../../../src/learning/engine/tensorflow/parts.ts";
import { requireTools, runTool } from "../../../../src/learning/engine/tensorflow/tool.ts";
import { type Installation, installCopy } from "../installation.ts";

const canBuild = process.platform === "linux" && process.arch === "x64";
const node = { command: process.execPath, remedy: "install Node" };

describe("a tool of a build", () => {
  test("that runs is taken, and says what it prints", () => {
    expect(() => requireTools([node])).not.toThrow();
    expect(runTool(node, ["-p", "1 + 1"], "")).toBe("2\n");
  });

  test.each([
    [{ ...node, command: "no-such-tool" }, /^no-such-tool: must run.+; install Node \(got ".+ENOENT"\)$/],
    [{ ...node, first: ["no-such-script.js"] }, /must run.+; install Node \(got "exit code 1"\)$/],
  ])("that does not is named, with the next step: %j", (tool, message) => {
    expect(() => requireTools([node, tool])).toThrow(message);
  });

  test("that fails is quoted: the line of the error, else the last one", () => {
    const print = (...lines: string[]) =>
      `console.error(${JSON.stringify(lines.join("\n"))}); process.exit(1)`;

    expect(() => runTool(node, ["-e", print("npm error code 1", "ERROR: no", "bye")], "go on")).toThrow(
      /must end well, to build TensorFlow; go on \(got "ERROR: no"\)$/,
    );
    expect(() => runTool(node, ["-e", print("one", "two")], "")).toThrow(/\(got "two"\)$/);
    expect(() => runTool(node, ["-e", "process.exit(4)"], "")).toThrow(/\(got "exit code 4"\)$/);
  });
});

describe.skipIf(!canBuild)("a package that is not the one that was pinned", () => {
  let folder: string;
  let pinned: Package;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "learnproof-pinned-"));
    await writeFile(join(folder, "package.json"), '{ "name": "pinned", "version": "1.0.0" }');
    await writeFile(join(folder, "index.js"), "");
    pinned = { name: "pinned", version: `file:${folder}`, integrity: "sha512-" };
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("is refused before it is unpacked; with its own hash it is unpacked: the twin", async () => {
    const [refused, whole] = [join(folder, "refused"), join(folder, "whole")];

    expect(() => unpackPackage(pinned, refused)).toThrow(
      /must have the integrity sha512-; .+ \(got "sha512-\w/,
    );
    const [archive] = await readdir(refused);
    const bytes = await readFile(join(refused, archive as string));
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    await rm(refused, { recursive: true });
    unpackPackage({ ...pinned, integrity }, whole);

    expect(await readdir(whole)).toEqual(expect.arrayContaining(["index.js", "package.json"]));
  });
});

describe.skipIf(!canBuild)("a build that fails", () => {
  let copy: Installation;
  beforeAll(async () => {
    copy = await installCopy({});
  });
  afterAll(() => copy.remove());

  test.each([
    ["has no tool", { PATH: "/nowhere" }, /^learnproof: npm: must run, .+ENOENT.+\n$/],
    [
      "reaches no registry",
      { npm_config_offline: "true", npm_config_cache: "cache" },
      /^downloading .+\nlearnproof: npm: must end well, .+ failed: .+\n$/,
    ],
  ])("because it %s says so on one line, exits 2, and leaves nothing", async (_why, environment, message) => {
    const { code, stderr } = await build(copy, environment);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    expect(await readdir(join(copy.root, "node_modules"))).not.toContainEqual(
      expect.stringContaining("build-tensorflow"),
    );
    expect(await readdir(join(copy.root, "node_modules", "@tensorflow"))).not.toContain("tfjs-node");
  });
});

function build({ root }: Installation, environment: object): Promise<{ code: unknown; stderr: string }> {
  const args = [join("dist", "cli", "main.js"), "build-tensorflow"];
  const env = { ...process.env, ...environment };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, _stdout, stderr) =>
      done({ code: error?.code ?? 0, stderr }),
    );
  });
}
