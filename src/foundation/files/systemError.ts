/** The system's error about a file, worded to follow the file's name in a sentence. */
export interface FileProblem {
  /** The code of an {@link InputError}. */
  readonly code: "no-such-file" | "unreadable";
  /** The problem and what to do about it, such as `does not exist; check the path`. */
  readonly rule: string;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "cannot be read for want of permission; check its permissions and those of its folders",
  EPERM: "cannot be read for want of permission; check its permissions and those of its folders",
  ELOOP: "is a link that leads back to itself; correct the link",
  ENAMETOOLONG: "has a longer name than a file can have; check the path",
  EMFILE: "cannot be opened, since too many files are open; close some",
  ENFILE: "cannot be opened, since too many files are open; close some",
  EIO: "cannot be read from its disk; check the disk",
  EISDIR: "is a folder; name the file itself",
  EBUSY: "is in use by another program; close that one",
  ENXIO: "is a device or a socket; name a file",
  ERR_INVALID_ARG_VALUE: "has a NUL character in its name; correct the path",
};
const MISSING = new Set(["ENOENT", "ENOTDIR"]);

/** Says what any error of the system means. */
export function problemOf(error: unknown): FileProblem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  if (MISSING.has(code)) return { code: "no-such-file", rule: "does not exist; check the path" };
  return {
    code: "unreadable",
    rule: PROBLEMS[code] ?? `cannot be read (${code || "no code"}); check that it is a file you can open`,
  };
}
