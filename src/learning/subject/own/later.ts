/** A value, or a promise of it. */
export type Soon<Value> = Value | Promise<Value>;

/** Whether a value is a promise. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

/** Calls `next` with a value: synchronously, or after the promise resolves if the value is a promise. */
export function andThen<Before, After>(
  value: Soon<Before>,
  next: (value: Before) => Soon<After>,
): Soon<After> {
  return isPromise(value) ? (value as Promise<Before>).then(next) : next(value as Before);
}
