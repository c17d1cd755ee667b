import { InputError } from "../../foundation/input/inputError.ts";

/** The reason of a thread that had no memory left. */
export const OUT_OF_MEMORY = "out of memory";

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
