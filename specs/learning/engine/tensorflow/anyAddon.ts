import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A real addon of Linux, which vitest brings. It stands for TensorFlow's own, whose library of 600 MB is not
 * installed everywhere.
 */
export function anyAddon(): Buffer {
  const folder = readdirSync("node_modules").find((name) => name.startsWith("lightningcss-linux")) as string;
  const file = readdirSync(join("node_modules", folder)).find((name) => name.endsWith(".node")) as string;
  return readFileSync(join("node_modules", folder, file));
}

/** The addon, asking for a shared library that is nowhere; the name is as long as the one it stands for. */
export function withoutItsLibrary(addon: Buffer): Buffer {
  return Buffer.from(addon.toString("latin1").replaceAll("libgcc_s.so.1", "libtensorflow"), "latin1");
}
