const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Runs a start-up, and removes the process listeners that it added.
 *
 * Emscripten's start-up code installs handlers that throw every uncaught error again, from inside its own
 * file: Node then prints that file's one line of 60,000 characters above the error.
 */
export async function keepProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const before = EVENTS.map((event) => process.listeners(event as "uncaughtException"));
  try {
    return await start();
  } finally {
    EVENTS.forEach((event, index) => {
      for (const listener of process.listeners(event as "uncaughtException")) {
        if (!before[index]?.includes(listener)) process.removeListener(event, listener);
      }
    });
  }
}
