import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { readProjectModules } from "../learning/config/projectCode.ts";
import { spawnOwn } from "./descriptors.ts";
import { remark } from "./output.ts";

/** Editors write a file in several steps; so long, in milliseconds, after the last of them a change is complete. */
const QUIET = 200;

/**
 * Runs this command again and again, without `--watch`, each time in a new process: modules that were loaded once would
 * stay as they were. It ends with Ctrl-C.
 *
 * @param inputs paths of the files that the command reads beside the project's own modules.
 */
export async function watchCheck(inputs: readonly string[]): Promise<never> {
  const words = process.argv.slice(1).filter((word) => word !== "--watch");
  for (;;) {
    const files = await filesToWatch(inputs);
    const change = nextChange(files);
    const child = spawnOwn(process.execPath, [...process.execArgv, ...words], { stdio: "inherit" });
    await once(child, "exit");
    remark(`watching ${files.length === 1 ? "one file" : `${files.length} files`}; Ctrl-C ends this`);
    remark(`${basename(await change)} changed`);
  }
}

async function filesToWatch(inputs: readonly string[]): Promise<readonly string[]> {
  const modules = await readProjectModules().catch(() => new Map<string, string>());
  return [
    ...new Set(
      [...inputs.filter((path) => existsSync(path)), ...modules.keys()].map((path) => resolve(path)),
    ),
  ];
}

/** Waits until one of the files changes. Their folders are watched, because an editor may replace a file. */
function nextChange(files: readonly string[]): Promise<string> {
  return new Promise((done) => {
    let timer: NodeJS.Timeout | undefined;
    const watchers = [...new Set(files.map((file) => dirname(file)))].map((folder) =>
      watch(folder, (_event, name) => {
        const file = files.find((path) => path === resolve(folder, name ?? ""));
        if (file === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          done(file);
        }, QUIET);
      }),
    );
  });
}
