/** Starts a stopwatch; the function it returns gives the seconds since. The only clock of the project. */
export function startClock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
