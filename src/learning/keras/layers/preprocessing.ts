// Layers that prepare inputs, and that training does not change.

import {
  add,
  cast,
  greaterEqual,
  minimum,
  mul,
  oneHot,
  reshape,
  sum,
  type Tensor,
  tensor1d,
  tidy,
} from "@tensorflow/tfjs-core";
import { type LayerArguments, OwnLayer, register, type Shape } from "./ownLayer.ts";

/** scale x + offset; both may be one number or one for each channel. */
class KerasRescaling extends OwnLayer {
  static readonly className = "KerasRescaling";
  readonly #settings: { scale: number | number[]; offset: number | number[] };

  constructor(args: LayerArguments & { scale: number | number[]; offset?: number | number[] }) {
    super(args);
    this.supportsMasking = true;
    this.#settings = { scale: args.scale, offset: args.offset ?? 0 };
  }

  protected override compute(input: Tensor): Tensor {
    const { scale, offset } = this.#settings;
    const asTensor = (part: number | number[]) => (Array.isArray(part) ? tensor1d(part) : part);
    return tidy(() => add(mul(input, asTensor(scale)), asTensor(offset)));
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

/** How class numbers are written: one row for each number (`oneHot`), or one for all numbers of an example. */
interface Encoding {
  readonly numTokens: number;
  readonly outputMode: string;
}

function shapeOfCodes(input: Shape, { numTokens, outputMode }: Encoding): Shape {
  const isColumn = input.at(-1) === 1;
  return outputMode === "oneHot" && !isColumn ? [...input, numTokens] : [...input.slice(0, -1), numTokens];
}

function encoded(input: Tensor, encoding: Encoding): Tensor {
  const { numTokens, outputMode } = encoding;
  const rows = cast(oneHot(cast(input, "int32"), numTokens), "float32");
  if (outputMode === "oneHot") return reshape(rows, shapeOfCodes(input.shape, encoding) as number[]);
  const counts = sum(rows, -2);
  return outputMode === "count" ? counts : minimum(counts, 1);
}

/** Class numbers as rows of 0 and 1: one row for each number, or one for all numbers of an example. */
class KerasCategoryEncoding extends OwnLayer {
  static readonly className = "KerasCategoryEncoding";
  readonly #settings: { numTokens: number; outputMode: string };

  constructor(args: LayerArguments & { numTokens: number; outputMode: string }) {
    super(args);
    this.#settings = { numTokens: args.numTokens, outputMode: args.outputMode };
  }

  protected override shapeOf(input: Shape): Shape {
    return shapeOfCodes(input, this.#settings);
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => encoded(input, this.#settings));
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

/** The number of the interval that each number lies in, how many of the boundaries it reaches, or that number encoded. */
class KerasDiscretization extends OwnLayer {
  static readonly className = "KerasDiscretization";
  readonly #boundaries: number[];
  readonly #outputMode: string;

  constructor(args: LayerArguments & { binBoundaries: number[]; outputMode?: string }) {
    super(args);
    this.#boundaries = args.binBoundaries;
    this.#outputMode = args.outputMode ?? "int";
  }

  #encoding(): Encoding {
    return { numTokens: this.#boundaries.length + 1, outputMode: this.#outputMode };
  }

  protected override shapeOf(input: Shape): Shape {
    return this.#outputMode === "int" ? input : shapeOfCodes(input, this.#encoding());
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const numbers = this.#boundaries
        .map((boundary) => cast(greaterEqual(input, boundary), "float32"))
        .reduce((count, reached) => add(count, reached), mul(input, 0));
      return this.#outputMode === "int" ? numbers : encoded(numbers, this.#encoding());
    });
  }

  override getConfig() {
    const isPlain = this.#outputMode === "int";
    return {
      ...super.getConfig(),
      binBoundaries: [...this.#boundaries],
      ...(!isPlain && { outputMode: this.#outputMode }),
    };
  }
}

for (const layer of [KerasRescaling, KerasCategoryEncoding, KerasDiscretization]) register(layer);
