import { stat } from "node:fs/promises";

/** Whether two paths name the same existing file: by another spelling, through a symbolic link, or as a hard link. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  return a != null && b != null && a.dev === b.dev && a.ino === b.ino;
}
