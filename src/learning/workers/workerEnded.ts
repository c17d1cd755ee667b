import { InputError } from "../../foundation/input/inputError.ts";

/** The reason of a thread that had no memory left. */
export const OUT_OF_MEMORY = "out of memory";

/** Node ends a thread that reaches the limit of its heap; a single large block is refused by a RangeError. */
const LACKS = [
  /ERR_WORKER_OUT_OF_MEMORY|ERR_MEMORY_ALLOCATION_FAILED/,
  /Array buffer allocation failed|could not allocate memory|out of memory/i,
];

/** Whether an error says that there was no memory left, or tells of one that does, such as that of a project's file. */
export function isLackOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  const words = `${String(code)} ${error.message}`;
  return LACKS.some((lack) => lack.test(words));
}

/** Says that a thread ended before its work was done. Nothing of the command's result is given then. */
export class WorkerEnded extends InputError {
  /** Whether it had no memory left. Anything else happens on the calling thread as well. */
  get lacksMemory(): boolean {
    return this.got === OUT_OF_MEMORY;
  }

  constructor(reason: string) {
    super({
      code: "worker-ended",
      field: "--workers",
      message:
        "must be so few that each worker has the memory that it needs: one ended before its training was done, and nothing of this run is kept; give fewer, such as --workers 1",
      got: reason,
    });
  }
}
