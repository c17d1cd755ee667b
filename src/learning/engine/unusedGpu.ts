// The default engine computes on the CPU. Whether a GPU is there is looked up in files that its driver keeps, because
// loading a library of the GPU only to ask it would cost each start a second and hundreds of megabytes.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder in which NVIDIA's driver for Linux describes each GPU. */
const NVIDIA_LINUX = "proc/driver/nvidia/gpus";
/** Other files that only the driver of a GPU makes: NVIDIA's in a container or in WSL, AMD's, and NVIDIA's on Windows. */
const DRIVER_FILES = [
  ["dev/nvidia0", "a GPU of NVIDIA"],
  ["dev/dxg", "a GPU"],
  ["dev/kfd", "a GPU of AMD"],
  ["Windows/System32/nvcuda.dll", "a GPU of NVIDIA"],
] as const;

/**
 * Names a GPU of which the default engine makes no use.
 *
 * @param root folder below which the driver's files lie. @defaultValue the root of the file system
 * @returns null if no driver's files are found; a GPU of another maker may be there all the same.
 */
export function findUnusedGpu(root = "/"): string | null {
  return nameOfNvidia(join(root, NVIDIA_LINUX)) ?? fromDriverFiles(root);
}

function fromDriverFiles(root: string): string | null {
  const found = DRIVER_FILES.find(([file]) => existsSync(join(root, file)));
  return found ? found[1] : null;
}

function nameOfNvidia(folder: string): string | null {
  try {
    const [first] = readdirSync(folder);
    if (first === undefined) return null;
    const model = /^Model:\s*(.+)$/m.exec(readFileSync(join(folder, first, "information"), "utf8"))?.[1];
    return model === undefined ? null : model.trim();
  } catch {
    return null;
  }
}
