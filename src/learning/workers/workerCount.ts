import { InputError } from "../../foundation/input/inputError.ts";
import { askedThreads, MOST_THREADS, threadsByDefault } from "../engine/threads.ts";

/**
 * Returns how many trainings run at the same time.
 *
 * @param option what the option `--workers` says. @defaultValue as many as the machine has cores, at most 8, divided by the
 * threads that each was asked to compute on; one within a test runner, and one on engines other than wasm and cpu, which use
 * the machine by themselves
 * @throws {InputError} for anything but a whole number from 1 to 64.
 */
export function readWorkers(option: unknown, engine: string): number {
  if (option === undefined) {
    if (engine !== "wasm" && engine !== "cpu") return 1;
    return Math.max(1, Math.floor(threadsByDefault(process.env) / (askedThreads() ?? 1)));
  }
  if (typeof option === "number" && Number.isInteger(option) && option >= 1 && option <= MOST_THREADS)
    return option;
  throw new InputError({
    code: "invalid-option",
    field: "--workers",
    message: `must be a whole number from 1 to ${MOST_THREADS}; leave it out for the default`,
    got: option,
  });
}
