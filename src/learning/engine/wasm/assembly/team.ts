/**
 * How threads share one kernel. Every thread runs this module on the same memory. The caller's thread opens a task of so
 * many chunks, takes chunks like every other thread, and waits until all are finished. The words of the team lie in a
 * block of 192 bytes, each of the busy ones on a cache line of its own.
 */

/** How many tasks were opened: sleeping threads wait for it to change. */
const OPENED: usize = 0;
/** Threads that sleep. */
const SLEEPING: usize = 4;
/** Threads, the caller's included, that take part; those of a higher number do not. */
const SIZE: usize = 8;
/** Whether the caller sleeps until the last chunk is finished. */
const CALLER_SLEEPS: usize = 12;
/** How many chunks the task has. */
const CHUNKS: usize = 16;
/** Whether a thread has failed: then its chunk is never finished. */
const FAILED: usize = 20;
/** How many threads beside the caller's have started. */
const STARTED: usize = 24;
/** Minus the number of chunks that nobody has taken. Late threads count it up beyond zero. */
const NEXT: usize = 64;
/** How many chunks are finished. */
const FINISHED: usize = 128;

/** Looks before a thread goes to sleep. In training the next task comes soon, and waking takes a while. */
const LOOKS: i32 = 4000;
/** Nanoseconds that the caller sleeps before it looks whether a thread has failed. */
const PATIENCE: i64 = 100_000_000;

/** Opens a task of `chunks` chunks, which is described before in the memory that the threads read. */
export function openTask(team: usize, chunks: i32): void {
  atomic.store<i32>(team, chunks, CHUNKS);
  atomic.store<i32>(team, 0, FINISHED);
  atomic.store<i32>(team, -chunks, NEXT);
  atomic.add<i32>(team, 1, OPENED);
  if (atomic.load<i32>(team, SLEEPING) > 0) atomic.notify(team + OPENED, -1);
}

/**
 * Takes a chunk of the open task; -1 if none is left. A task cannot end while a chunk that was taken is unfinished, so
 * what describes it may be read after this.
 */
export function takeChunk(team: usize): i32 {
  const taken = atomic.add<i32>(team, 1, NEXT);
  return taken < 0 ? atomic.load<i32>(team, CHUNKS) + taken : -1;
}

/** Says that a chunk is finished. */
export function finishChunk(team: usize): void {
  atomic.add<i32>(team, 1, FINISHED);
  if (atomic.load<i32>(team, CALLER_SLEEPS)) atomic.notify(team + FINISHED, 1);
}

/** Waits until all chunks are finished; false if a thread has failed. */
export function awaitTask(team: usize): bool {
  const chunks = atomic.load<i32>(team, CHUNKS);
  for (let looks = LOOKS; looks > 0; looks--) {
    if (atomic.load<i32>(team, FINISHED) === chunks) return true;
  }
  atomic.store<i32>(team, 1, CALLER_SLEEPS);
  let finished = atomic.load<i32>(team, FINISHED);
  while (finished !== chunks && atomic.load<i32>(team, FAILED) === 0) {
    atomic.wait<i32>(team + FINISHED, finished, PATIENCE);
    finished = atomic.load<i32>(team, FINISHED);
  }
  atomic.store<i32>(team, 0, CALLER_SLEEPS);
  return finished === chunks;
}

/** Waits until there is a chunk for thread number `thread`, and takes it. */
export function awaitChunk(team: usize, thread: i32): i32 {
  while (true) {
    const opened = atomic.load<i32>(team, OPENED);
    if (thread < atomic.load<i32>(team, SIZE)) {
      const chunk = takeChunk(team);
      if (chunk >= 0) return chunk;
      let looks = LOOKS;
      while (looks > 0 && atomic.load<i32>(team, OPENED) === opened) looks--;
      if (looks > 0) continue;
    }
    atomic.add<i32>(team, 1, SLEEPING);
    atomic.wait<i32>(team + OPENED, opened, -1);
    atomic.sub<i32>(team, 1, SLEEPING);
  }
}

/** Says that a thread is ready for chunks. */
export function joinTeam(team: usize): void {
  atomic.add<i32>(team, 1, STARTED);
}

/** How many threads are ready, beside the caller's. */
export function membersOf(team: usize): i32 {
  return atomic.load<i32>(team, STARTED);
}

/** Sets how many threads take part. */
export function resizeTeam(team: usize, size: i32): void {
  atomic.store<i32>(team, size, SIZE);
}

/** Says that a thread cannot finish its chunk. */
export function failTeam(team: usize): void {
  atomic.store<i32>(team, 1, FAILED);
  atomic.notify(team + FINISHED, 1);
}
