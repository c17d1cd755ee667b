// A matcher that nobody awaits must fail its test: the test would be over, and green, before the training has ended.

/** Vitest waits for these before it ends a test, and takes their errors for the test's own. */
interface Task {
  promises?: Promise<unknown>[];
}

/** The result that a matcher returns to vitest. */
export interface Answer {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A matcher's answer, which fails the test unless somebody awaits it: `then` is called by `await`, by `return` from an
 * async test, by Promise.all and by `.rejects`.
 *
 * @param task of the running test; undefined outside of one, where nothing can be told to vitest.
 */
export function mustBeAwaited(
  name: string,
  task: Task | undefined,
  answer: Promise<Answer>,
): Promise<Answer> {
  return {
    // Vitest itself calls this one, to turn the answer into an error; what it gets back goes to the test.
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what vitest takes for a promise
    then: (onAnswer: (answer: Answer) => unknown, onError?: (error: unknown) => unknown) =>
      watched(name, task, answer.then(onAnswer, onError)),
  } as Promise<Answer>;
}

function watched<Value>(name: string, task: Task | undefined, promise: Promise<Value>): Promise<Value> {
  let isAwaited = false;
  const note = <Method extends (...args: never[]) => unknown>(method: Method): Method =>
    ((...args: never[]) => {
      isAwaited = true;
      return method.apply(promise, args);
    }) as Method;
  if (task) {
    task.promises ??= [];
    task.promises.push(endOf(promise, name, () => isAwaited));
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: it stands for the promise, and notes who waits for it
    then: note(promise.then),
    catch: note(promise.catch),
    finally: note(promise.finally),
    [Symbol.toStringTag]: "Promise",
  } as Promise<Value>;
}

/** @throws where nobody waited for the promise by the time that it has ended. */
async function endOf(promise: Promise<unknown>, name: string, isAwaited: () => boolean): Promise<void> {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (isAwaited()) return;
  const advice = `${name} was not awaited: write \`await expect(…).${name}(…)\`, since training takes longer than the test`;
  if (failure instanceof Error) throw new Error(`${failure.message}\n${advice}`, { cause: failure });
  throw new Error(advice);
}
