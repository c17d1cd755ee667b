// Standard output carries what a command says and nothing else: whatever other code prints goes to standard error.

import fs from "node:fs";
import type { Writable } from "node:stream";
import { divertDescriptor } from "./descriptors.ts";

const STANDARD_OUTPUT = 1;
/** Milliseconds to wait for a reader that is slower than the writer. */
const PAUSE = 5;

/** Kept from before it is diverted. */
const { writeSync } = fs;

let claimed = false;
let say: (text: string) => void = (text) => void process.stdout.write(text);
let fault: NodeJS.ErrnoException | null = null;

/**
 * Takes standard output for {@link writeOutput}. From then on all that is written to `process.stdout` (by
 * `console.log`, `model.summary()` or a pipe) goes to standard error, and a standard error that cannot be written ends
 * nothing.
 */
export function claimStandardOutput(): void {
  claimed = true;
  const { stdout, stderr } = process;
  const write = stdout._write.bind(stdout);
  // A console of Windows needs the stream's own way of writing; a terminal takes every text whole.
  say = stdout.isTTY ? (text) => write(text, "utf8", () => undefined) : writeWithFault;
  neverFail(stderr);
  replaceWriting(stdout, (chunk, encoding, done) => stderr.write(chunk, encoding, () => done()));
  // Such as that of writing to a stream that other code ended.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  divertDescriptor();
}

/** Writes text to standard output, all of it where it can be written. */
export function writeOutput(text: string): void {
  say(text);
}

/** Creates a writer that still writes other code's text to standard output. @param write the stream's own function. */
export function commandWriter(write: typeof process.stdout.write): (text: string) => boolean {
  if (!claimed) return write.bind(process.stdout) as (text: string) => boolean;
  return (text) => {
    say(text);
    return true;
  };
}

/**
 * Why standard output could not be written; null where it could.
 * A reader that closed the pipe early (`| head`) is no fault: it has what it wanted.
 */
export function outputFault(): Error | null {
  return fault;
}

function writeWithFault(text: string): void {
  try {
    writeAll(Buffer.from(text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") fault ??= error as NodeJS.ErrnoException;
  }
}

/** A single write may take less than it is given: where the disk fills up, it says so only at the next one. */
function writeAll(bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(STANDARD_OUTPUT, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

type Write = (chunk: Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void) => void;

/** Below `write`, so that `end`, `pipe` and `cork` go the same way. */
function replaceWriting(stream: Writable, write: Write): void {
  Object.assign(stream, { _write: write, _writev: undefined, _final: (done: () => void) => done() });
}

function neverFail(stream: Writable): void {
  const write = stream._write.bind(stream);
  replaceWriting(stream, (chunk, encoding, done) => {
    try {
      write(chunk, encoding, () => done());
    } catch {
      done();
    }
  });
}
