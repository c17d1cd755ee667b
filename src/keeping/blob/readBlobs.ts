import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readJson } from "../../foundation/files/readJson.ts";
import { blobSchema, type Made, refuseBlob, type WorkBlob } from "./blob.ts";
import { BLOB_ENDING } from "./blobEnding.ts";

/** A part of a thousand subjects. */
const MOST_BYTES = 64 * 1024 ** 2;

/** A part, and the file that holds it. */
export interface ReadBlob {
  readonly path: string;
  readonly found: unknown;
}

/** The blobs of all parts of one piece of work. */
export interface WholeWork extends Pick<WorkBlob, "kind" | "engine" | "asked"> {
  /** In the order of the parts. */
  readonly parts: readonly ReadBlob[];
}

interface Read extends WorkBlob {
  readonly path: string;
}

/**
 * Reads the blobs of a folder, which are the files that end in `.json`.
 *
 * @param made the code and the versions that run here: the parts must be of the same.
 * @throws {InputError} where a file is no whole blob, a part is missing or there twice, or the parts do not belong together.
 */
export async function readBlobs(folder: string, made: Made): Promise<WholeWork> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw refuseBlob(folder, "must be a folder with the blobs that --blob wrote", error.code ?? "no folder");
  });
  const files = names.filter((name) => name.endsWith(BLOB_ENDING)).sort();
  const blobs: Read[] = [];
  for (const file of files) blobs.push(await readBlob(join(folder, file)));
  const [first] = blobs;
  if (!first) throw refuseBlob(folder, "must hold the blobs that --blob wrote", `no file *${BLOB_ENDING}`);
  for (const blob of blobs) {
    refuseOther(blob, first);
    refuseOtherMake(blob, made);
  }
  const parts = blobs.toSorted((a, b) => a.part - b.part);
  refuseIncomplete(folder, parts, first.of);
  const { kind, engine, asked } = first;
  return { kind, engine, asked, parts: parts.map(({ path, found }) => ({ path, found })) };
}

async function readBlob(path: string): Promise<Read> {
  const parsed = blobSchema.safeParse(await readJson(path, "blob", MOST_BYTES));
  if (parsed.success) return { ...parsed.data, path };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "its top";
  throw refuseBlob(
    path,
    "must be a blob that this version's --blob wrote; take it out of the folder",
    `another ${place}`,
  );
}

/** @throws {InputError} where a blob and the first one are not of the same work. */
function refuseOther(blob: Read, first: Read): void {
  const rule = (what: string) => `must be of the same ${what} as ${first.path}; merge one run's parts alone`;
  if (blob.kind !== first.kind) throw refuseBlob(blob.path, rule("command"), blob.kind);
  if (blob.engine !== first.engine) throw refuseBlob(blob.path, rule("engine"), blob.engine);
  if (blob.of !== first.of)
    throw refuseBlob(blob.path, rule("number of parts"), `${blob.part}/${blob.of} beside ../${first.of}`);
  const names = new Set([...Object.keys(first.asked), ...Object.keys(blob.asked)]);
  const odd = [...names].find((name) => !isDeepStrictEqual(blob.asked[name], first.asked[name]));
  if (odd !== undefined)
    throw refuseBlob(blob.path, rule(odd), JSON.stringify(blob.asked[odd] ?? null).slice(0, 100));
}

/** @throws {InputError} where a blob was made by code, or beside packages, other than what would put it together. */
function refuseOtherMake({ path, versions, code }: Read, made: Made): void {
  const names = new Set([...Object.keys(made.versions), ...Object.keys(versions)]);
  const odd = [...names].find((name) => versions[name] !== made.versions[name]);
  const here = (what: string) => `must be made by the same ${what} as is here; run merge where the parts ran`;
  if (odd !== undefined)
    throw refuseBlob(
      path,
      here(`version of ${odd}, ${made.versions[odd] ?? "none"},`),
      versions[odd] ?? "none",
    );
  if (code !== made.code) throw refuseBlob(path, here("code of learnproof"), "another");
}

function refuseIncomplete(folder: string, blobs: readonly Read[], of: number): void {
  // Parts are counted before they are looked for: a file may claim to be one of a billion.
  for (const [index, { part, path }] of blobs.entries()) {
    if (part > of) throw refuseBlob(path, `must be one of the parts 1 to ${of}`, String(part));
    if (part === blobs[index - 1]?.part)
      throw refuseBlob(path, `must not be part ${part}/${of} again; leave it there once`, "twice");
  }
  const missing = blobs.findIndex(({ part }, index) => part !== index + 1);
  const next = missing === -1 ? blobs.length + 1 : missing + 1;
  if (next <= of)
    throw refuseBlob(
      folder,
      `must hold part ${next}/${of}; fetch its blob too, or run that part again`,
      `${blobs.length} of ${of} parts`,
    );
}
