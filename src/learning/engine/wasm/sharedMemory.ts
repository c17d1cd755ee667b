/**
 * Makes a WebAssembly module use shared memory, which is a matter of one bit: code that was compiled for a memory of its
 * own is valid for a shared one, and computes the same.
 *
 * TensorFlow.js ships a build with threads as well, but that is another compilation. This way the stock kernels, and the
 * bits that come out of them, stay what they are.
 */

const IMPORTS = 2;
const MEMORIES = 5;
/** Kinds of imports, as numbered by the specification of WebAssembly. */
const [FUNCTION, TABLE, MEMORY] = [0, 1, 2];
/** The flags of a memory's limits. A shared memory must say how far it can grow. */
const HAS_MAXIMUM = 1;
const SHARED = 2;

/**
 * Returns a copy of a module whose memory, its own or an imported one, is shared between threads.
 *
 * @throws RangeError when the module has no memory, or one without a maximum.
 */
export function withSharedMemory(module: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(module);
  const at = findLimits(new Reader(bytes));
  const flags = at === null ? undefined : bytes[at];
  if (at === null || flags === undefined || (flags & HAS_MAXIMUM) === 0) {
    throw new RangeError(
      `withSharedMemory: the module's memory must have a maximum, got ${flags === undefined ? "no memory" : "none"}.`,
    );
  }
  bytes[at] = flags | SHARED;
  return bytes;
}

/** Reads a module's numbers and sections from its bytes. */
class Reader {
  /** Behind the magic number and the version. */
  at = 8;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  /** A number of 7 bits a byte, the lowest first (LEB128). */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** Passes over so many bytes. */
  skip(count: number): void {
    this.at += count;
  }
}

/** Returns where the limits of the module's memory stand, or null if it has no memory. */
function findLimits(reader: Reader): number | null {
  while (reader.at < reader.bytes.length) {
    const section = reader.byte();
    const size = reader.number();
    const end = reader.at + size;
    const found = section === IMPORTS ? findImportedLimits(reader) : null;
    if (found !== null) return found;
    if (section === MEMORIES && reader.number() > 0) return reader.at;
    reader.at = end;
  }
  return null;
}

function findImportedLimits(reader: Reader): number | null {
  for (let left = reader.number(); left > 0; left--) {
    // The names of the import and of where it comes from.
    reader.skip(reader.number());
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind === MEMORY) return reader.at;
    if (kind === FUNCTION) reader.number();
    else if (kind === TABLE) skipTable(reader);
    else reader.skip(2);
  }
  return null;
}

function skipTable(reader: Reader): void {
  reader.skip(1);
  const flags = reader.byte();
  reader.number();
  if ((flags & HAS_MAXIMUM) !== 0) reader.number();
}
