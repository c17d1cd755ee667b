import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { InputError } from "../../foundation/input/inputError.ts";
import { baselineSchema, type NamedBaseline } from "./baseline.ts";

/** A hundred seeds and their curves take a tenth of it. */
const MOST_BYTES = 4 * 1024 ** 2;

/** Lists in lists: a config has four or five. */
const MOST_DEPTH = 100;

/**
 * Reads every baseline of one engine, by name; none where there is no such folder.
 *
 * @throws {InputError} for a folder or a file that cannot be read, and for a file that is no baseline.
 */
export async function readBaselines(folder: string, engine: string): Promise<readonly NamedBaseline[]> {
  const inside = join(folder, engine);
  const baselines: NamedBaseline[] = [];
  for (const file of await listFolder(inside)) baselines.push(await readBaseline(join(inside, file), engine));
  return baselines;
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new InputError({
      code: "unreadable",
      field: folder,
      message:
        "must be a folder of baselines, and cannot be read; check its permissions, or name another with --baselines",
      got: code,
    });
  }
}

async function readBaseline(path: string, engine: string): Promise<NamedBaseline> {
  const parsed = baselineSchema.safeParse(parseJson(await readText(path), path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refusal(path, issue?.message, ` (at ${issue?.path.join(".") || "its top"})`);
  }
  if (parsed.data.engine !== engine)
    throw refusal(path, parsed.data.engine, " for the engine that its folder names");
  return { subject: basename(path, ".json"), ...parsed.data };
}

/** Looks before it reads: a pipe would be waited for without an end. */
async function readText(path: string): Promise<string> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw refusal(path, "something that is no file", "");
    if (info.size > MOST_BYTES) throw refusal(path, `${info.size} bytes`, ", of at most 4 MiB");
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "unreadable",
      field: path,
      message: "must be a baseline, and cannot be read; check its permissions",
      got: (error as NodeJS.ErrnoException).code,
    });
  }
}

function parseJson(text: string, path: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refusal(path, (error as SyntaxError).message, "");
  }
  if (isDeeper(json, MOST_DEPTH))
    throw refusal(path, "more than that", `, of at most ${MOST_DEPTH} lists or objects in each other`);
  return json;
}

/** Level by level, since a function that calls itself is what depth breaks. */
function isDeeper(json: unknown, most: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= most; depth++) {
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function refusal(path: string, got: unknown, rule: string): InputError {
  const message = `must be a baseline that gate --update wrote${rule}; take it from version control, or delete it and run gate CONFIG --update`;
  return new InputError({ code: "invalid-baseline", field: path, message, got });
}
