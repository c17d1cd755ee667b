import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";

/**
 * Says what is wrong with the native files of a package, as far as this can be seen without loading them. Loading a
 * truncated library ends the process, and a package without its addon loads 150 MB of JavaScript before it fails.
 *
 * @param folder the package's.
 * @returns null if no fault is found, otherwise a few words.
 */
export function findNativeFault(folder: string): string | null {
  const files = nativeFilesOf(folder);
  if (fetchesItsAddon(folder) && !files.some((file) => file.endsWith(".node")))
    return "its addon is missing: the package's install script did not run, or failed";
  const broken = files.find((file) => isCutShort(join(folder, file)));
  return broken === undefined ? null : `${broken} is cut short`;
}

/** Lists the addon and the libraries beside it, by their path in the package. */
function nativeFilesOf(folder: string): string[] {
  return ["lib", join("deps", "lib")].flatMap((place) => {
    if (!existsSync(join(folder, place))) return [];
    const names = readdirSync(join(folder, place), { recursive: true, encoding: "utf8" });
    return names.filter((name) => /\.(node|so[.\d]*)$/.test(name)).map((name) => join(place, name));
  });
}

/** Whether a package is published without its addon, which node-pre-gyp downloads. */
function fetchesItsAddon(folder: string): boolean {
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && "binary" in JSON.parse(readFileSync(manifest, "utf8"));
}

/** Fields of the header of a 64-bit little-endian ELF file, by their offset. */
const HEADER = {
  bytes: 64,
  magic: 0x7f454c46,
  sections: 0x28,
  sectionBytes: 0x3a,
  numSections: 0x3c,
} as const;

/** Whether an ELF file ends before its section header table, which stands at its end; false for other formats. */
function isCutShort(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const header = Buffer.alloc(HEADER.bytes);
    const { size } = fstatSync(descriptor);
    readSync(descriptor, header);
    if (header.readUInt32BE(0) !== HEADER.magic) return false;
    const table = header.readUInt16LE(HEADER.sectionBytes) * header.readUInt16LE(HEADER.numSections);
    return size < HEADER.bytes || BigInt(size) < header.readBigUInt64LE(HEADER.sections) + BigInt(table);
  } finally {
    closeSync(descriptor);
  }
}
