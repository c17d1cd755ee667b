import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { builtPackage } from "../../builtPackage.ts";

/** What a process printed, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of learnproof in a folder of its own. */
export interface Installation {
  readonly root: string;
  /** Runs a module at the copy's root; it can import `./dist/…`. */
  script(source: string): Promise<Ran>;
  /** Runs the copy's command line, in the copy's root. */
  learnproof(...args: string[]): Promise<Ran>;
  /** Writes a file, by its path in the copy; folders are made. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

const SCOPE = "@tensorflow";
const NATIVE = ["tfjs-node", "tfjs-node-gpu"];

/**
 * Copies the built package beside links to the packages they need, all but TensorFlow's native ones. The caller
 * removes it.
 *
 * @param packages main modules (CommonJS) of packages to find there instead, by name below `@tensorflow`.
 * @param without another package that is not there.
 */
export async function installCopy(
  packages: Readonly<Record<string, string>>,
  without?: string,
): Promise<Installation> {
  const root = await mkdtemp(join(tmpdir(), "learnproof-copy-"));
  const modules = join(root, "node_modules");
  await mkdir(join(modules, SCOPE), { recursive: true });
  await cp(builtPackage(), root, { recursive: true });
  await link("node_modules", modules, [".bin", SCOPE, ...(without ? [without] : [])]);
  await link(join("node_modules", SCOPE), join(modules, SCOPE), NATIVE);
  for (const [name, main] of Object.entries(packages)) {
    await mkdir(join(modules, SCOPE, name));
    await writeFile(join(modules, SCOPE, name, "index.js"), main);
  }
  return {
    root,
    script: (source) => run(root, ["--input-type=module", "--eval", source]),
    learnproof: (...args) => run(root, ["dist/cli/main.js", ...args]),
    write: async (path, content) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    remove: () => rm(root, { recursive: true }),
  };
}

async function link(from: string, to: string, except: readonly string[]): Promise<void> {
  const names = (await readdir(from)).filter((name) => !except.includes(name));
  await Promise.all(names.map((name) => symlink(resolve(from, name), join(to, name))));
}

function run(cwd: string, args: readonly string[]): Promise<Ran> {
  // Neither the engine nor the packages of whoever runs the specs.
  const env = { ...process.env, LEARNPROOF_ENGINE: "", NODE_PATH: "" };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd, env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
