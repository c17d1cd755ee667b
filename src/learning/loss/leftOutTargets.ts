const known = new WeakSet<object>();

/** Says that a loss leaves some targets out, whose numbers stand for nothing. */
export function noteLeftOut(loss: object): void {
  known.add(loss);
}

/** Whether a loss is known to leave targets out, so that only the loss itself can judge what it asks for. */
export function isKnownToLeaveOut(loss: object): boolean {
  return known.has(loss);
}
