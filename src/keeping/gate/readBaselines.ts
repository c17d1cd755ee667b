import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { MOST_NESTING, nestingOf } from "../../foundation/files/nesting.ts";
import { type FileRule, readWhole } from "../../foundation/files/readWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { baselineSchema, type NamedBaseline } from "./baseline.ts";

/** A hundred seeds and their curves take a tenth of it. */
const BASELINE: FileRule = { what: "a baseline", mostBytes: 4 * 1024 ** 2 };

/**
 * Reads every baseline of one engine, by name; none where there is no such folder.
 *
 * @throws {InputError} for a folder or a file that cannot be read, and for a file that is no baseline.
 */
export async function readBaselines(folder: string, engine: string): Promise<readonly NamedBaseline[]> {
  const inside = join(folder, engine);
  const baselines: NamedBaseline[] = [];
  for (const file of await listFolder(inside)) baselines.push(readBaseline(join(inside, file), engine));
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

function readBaseline(path: string, engine: string): NamedBaseline {
  const parsed = baselineSchema.safeParse(parseJson(readWhole(path, BASELINE).bytes.toString("utf8"), path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refusal(path, issue?.message, ` (at ${issue?.path.join(".") || "its top"})`);
  }
  if (parsed.data.engine !== engine)
    throw refusal(path, parsed.data.engine, " for the engine that its folder names");
  return { subject: basename(path, ".json"), ...parsed.data };
}

function parseJson(text: string, path: string): unknown {
  const nesting = nestingOf(text);
  if (nesting > MOST_NESTING)
    throw refusal(path, `${nesting} deep`, `, of at most ${MOST_NESTING} lists or objects in each other`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(path, (error as SyntaxError).message, "");
  }
}

function refusal(path: string, got: unknown, rule: string): InputError {
  const message = `must be a baseline that gate --update wrote${rule}; take it from version control, or delete it and run gate CONFIG --update`;
  return new InputError({ code: "invalid-baseline", field: path, message, got });
}
