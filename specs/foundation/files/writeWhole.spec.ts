import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeAside } from "../../../src/foundation/files/asideFile.ts";
import { isSameFile } from "../../../src/foundation/files/sameFile.ts";
import {
  UnwrittenError,
  writeNew,
  writeTogether,
  writeWhole,
} from "../../../src/foundation/files/writeWhole.ts";
import { builtPackage } from "../../builtPackage.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const textOf = (name: string) => readFile(at(name), "utf8");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

const module = (name: string) =>
  JSON.stringify(pathToFileURL(join(builtPackage(), "dist/foundation/files", name)).href);

describe("writing a file", () => {
  test("makes its folder, keeps the old one's permissions, and follows a link to it", async () => {
    await writeWhole(at("new/a.txt"), "new");
    await writeFile(at("b.txt"), "old");
    await chmod(at("b.txt"), 0o640);
    await symlink(at("b.txt"), at("link.txt"));
    await writeWhole(at("link.txt"), "newer");

    expect(await textOf("new/a.txt")).toBe("new");
    expect(await textOf("b.txt")).toBe("newer");
    expect((await stat(at("b.txt"))).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(["b.txt", "link.txt", "new"]);
  });

  test("takes a name as long as the file system lets it", async () => {
    await writeWhole(at("n".repeat(255)), "long");

    expect(await textOf("n".repeat(255))).toBe("long");
  });

  test("that must be new leaves the one that is there, also where two write at once", async () => {
    const both = await Promise.allSettled(["one", "two"].map((text) => writeNew(at("new.txt"), text)));

    const refused = both.filter((result) => result.status === "rejected");
    expect(refused).toMatchObject([{ reason: expect.any(UnwrittenError) }]);
    expect(refused).toMatchObject([{ reason: { reason: "EEXIST", path: at("new.txt") } }]);
    expect(["one", "two"]).toContain(await textOf("new.txt"));
    expect(await readdir(folder)).toEqual(["new.txt"]);
  });

  // A limit on the size of files answers a write with fewer bytes than it was given, as a full disk does.
  test.runIf(process.platform === "linux")(
    "leaves the old one where the disk takes only a part",
    async () => {
      await writeFile(at("a.txt"), "old");
      const script = `process.on("SIGXFSZ", () => undefined);
    import(${module("writeWhole.js")}).then(({ writeWhole }) => writeWhole(process.argv[1], "n".repeat(1e6)))
      .then(() => console.log("written"), ({ reason }) => console.log(reason))`;
      const { stdout } = await new Promise<{ stdout: string }>((done) =>
        execFile(
          "bash",
          ["-c", 'ulimit -f 500; exec "$@"', "bash", process.execPath, "-e", script, at("a.txt")],
          (_, stdout) => done({ stdout }),
        ),
      );

      expect(stdout.trim()).toBe("EFBIG");
      expect(await textOf("a.txt")).toBe("old");
      expect(await readdir(folder)).toEqual(["a.txt"]);
    },
  );
});

describe("writing several files", () => {
  const files = () => ["a.txt", "b.txt", "c.txt"].map((name) => ({ path: at(name), text: "new" }));

  test("writes none where one cannot be put into its place", async () => {
    await writeFile(at("a.txt"), "old");
    await mkdir(at("c.txt"));

    await expect(writeTogether(files())).rejects.toMatchObject({ path: at("c.txt") });

    expect(await textOf("a.txt")).toBe("old");
    expect((await readdir(folder)).sort()).toEqual(["a.txt", "c.txt"]);
  });

  test("that must be new writes none where one is there", async () => {
    await writeFile(at("b.txt"), "old");

    await expect(writeTogether(files(), { overNothing: true })).rejects.toMatchObject({ reason: "EEXIST" });

    expect(await readdir(folder)).toEqual(["b.txt"]);
    expect(await textOf("b.txt")).toBe("old");
  });

  test("writes all", async () => {
    await writeTogether(files());

    expect(await readdir(folder)).toEqual(["a.txt", "b.txt", "c.txt"]);
  });
});

describe("a file that is not in its place yet", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("goes with a process that %s ends", async (signal) => {
    const script = `import(${module("asideFile.js")}).then(async ({ takeAside }) => {
      const { name } = await takeAside(process.argv[1]);
      require("node:fs").writeFileSync(name, "half");
      console.log("there");
      setInterval(() => undefined, 1000);
    })`;
    const child = spawn(process.execPath, ["-e", script, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(await readdir(folder)).toHaveLength(1);

    child.kill(signal);

    expect(await once(child, "exit")).toEqual([null, signal]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("of a process that was killed is removed by the next one; that of a living one is left", async () => {
    const { name, release } = await takeAside(folder);
    const own = basename(name);
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    const elsewhere = await mkdtemp(join(tmpdir(), "learnproof-files-"));
    const left = own.replace(`-${process.pid}-`, `-${gone.pid}-`);
    const living = own.replace(`-${process.pid}-`, `-${process.ppid}-`);
    for (const file of [left, living, "mine.tmp"]) await writeFile(join(elsewhere, file), "");

    await writeWhole(join(elsewhere, "a.txt"), "new");

    expect((await readdir(elsewhere)).sort()).toEqual([living, "a.txt", "mine.tmp"]);
    await release();
    await rm(elsewhere, { recursive: true });
  });
});

test("one file is the same by another spelling, a link of either kind, and no other", async () => {
  const { link } = await import("node:fs/promises");
  await writeFile(at("a.txt"), "same");
  await writeFile(at("b.txt"), "same");
  await symlink(at("a.txt"), at("soft.txt"));
  await link(at("a.txt"), at("hard.txt"));

  for (const name of ["a.txt", "./x/../a.txt", "soft.txt", "hard.txt"])
    expect(await isSameFile(at("a.txt"), `${folder}/${name}`.replace("/x/..", ""))).toBe(true);
  for (const name of ["b.txt", "none.txt"]) expect(await isSameFile(at("a.txt"), at(name))).toBe(false);
});
