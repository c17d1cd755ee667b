import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where to look for Python, beside an explicit choice. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the Python that the user's programs run with: the one that is asked for, LEARNPROOF_PYTHON, that of the active
 * virtual environment or of a `.venv` in the working directory, or else `python3`.
 */
export function findPython(asked: string | undefined, environment: Environment): string {
  const named = asked ?? environment.LEARNPROOF_PYTHON;
  if (named) return named;
  const folders = [environment.VIRTUAL_ENV, environment.CONDA_PREFIX, ".venv", "venv"];
  for (const folder of folders) {
    if (!folder) continue;
    for (const place of [
      join(folder, "bin", "python3"),
      join(folder, "bin", "python"),
      join(folder, "Scripts", "python.exe"),
    ])
      if (existsSync(place)) return place;
  }
  return process.platform === "win32" ? "python" : "python3";
}
