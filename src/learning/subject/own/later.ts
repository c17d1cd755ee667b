/** A value that is there, or will be. */
export type Soon<Value> = Value | Promise<Value>;

/** Whether a value will be there later. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

/** Goes on with a value as soon as it is there: at once where nothing has to be awaited. */
export function andThen<Before, After>(
  value: Soon<Before>,
  next: (value: Before) => Soon<After>,
): Soon<After> {
  return isPromise(value) ? (value as Promise<Before>).then(next) : next(value as Before);
}
