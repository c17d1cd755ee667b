// Bundles GitHub's toolkit into the built package: `tsx scripts/bundleToolkit.ts FOLDER`, where FOLDER holds the modules
// in dist that re-export it. Beside them goes a file with the licences of all packages in the bundle, as they demand.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new RangeError("bundleToolkit: must be given the folder to bundle in");

/** Packages in CommonJS ask for Node's own modules by `require`, which a module does not have. */
const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

const { metafile } = await build({
  entryPoints: readdirSync(folder)
    // A chunk is left from the build before.
    .filter((file) => file.endsWith(".js") && !file.startsWith("chunk-"))
    .map((file) => join(folder, file)),
  outdir: folder,
  splitting: true,
  allowOverwrite: true,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  minify: true,
  legalComments: "none",
  banner: { js: REQUIRE },
  metafile: true,
  logLevel: "error",
});

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((input) => PACKAGE.exec(input)?.[0].slice(0, -1) ?? []),
);
writeFileSync(join(folder, "LICENSES.txt"), [...packages].sort().map(describeLicence).join("\n"));

function describeLicence(path: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const text = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}: ${license}\n\n${text ? readFileSync(join(path, text), "utf8") : ""}\n`;
}
