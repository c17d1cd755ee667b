import { isMainThread } from "node:worker_threads";
import { InputError, type InputErrorDetails } from "../../foundation/input/inputError.ts";
import { isLackOfMemory, OUT_OF_MEMORY, WorkerEnded } from "./workerEnded.ts";

/** What a thread sends back: a value, or an input that was refused. An error of another kind is thrown as it is. */
export type Answer<Output> = { readonly value: Output } | { readonly refused: InputErrorDetails };

/** Makes the program of a thread of a function: between threads, an InputError would lose its class and its fields. */
export function answering<Input, Output>(
  work: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Answer<Output>> {
  if (!isMainThread) hearOfExit();
  return async (input) => {
    try {
      return { value: await work(input) };
    } catch (thrown) {
      // Whatever was being done when memory ended, such as running the project's file, is not at fault.
      const error = isLackOfMemory(thrown) ? new WorkerEnded(OUT_OF_MEMORY) : thrown;
      if (!(error instanceof InputError)) throw error;
      const { code, field, rule, got } = error;
      return { refused: { code, field, message: rule, got: sendable(got) } };
    }
  };
}

/** A thread that ends is not heard of: code that ends the process is told as a fault of its work. */
function hearOfExit(): void {
  const { exit } = process;
  process.exit = (code) => {
    throw new WorkerEnded(`process.exit(${code ?? ""})`);
  };
  // Node itself ends a thread by this function behind an error that nobody catches. An error out of it then ends the whole
  // process where the thread is closed in the same moment.
  process.on("uncaughtExceptionMonitor", () => {
    if (process.listenerCount("uncaughtException") === 0) process.exit = exit;
  });
}

/** A function or a class cannot be sent to another thread; its text can. */
function sendable(got: unknown): unknown {
  try {
    return structuredClone(got);
  } catch {
    return String(got);
  }
}

/** The value of an answer. @throws {InputError} if the input was refused. */
export function unpack<Output>(answer: Answer<Output>): Output {
  if ("refused" in answer) {
    const { code, got } = answer.refused;
    throw code === "worker-ended" ? new WorkerEnded(String(got)) : new InputError(answer.refused);
  }
  return answer.value;
}
