import { mul, serialization, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";

interface SeededDropoutArguments {
  readonly name: string;
  /** Fraction of the units dropped, in [0, 1). */
  readonly rate: number;
  readonly seed: number;
}

/**
 * Dropout whose masks come from a seeded stream: a new mask at every training step, the same masks in
 * every run. The stock layer draws the same mask for ever when it is given a seed, and an unseeded one
 * when it is not.
 *
 * In training each unit is kept with probability 1 − rate and scaled by 1 / (1 − rate); in evaluation
 * the layer passes its input on unchanged. Shape `[batch, units]` in and out.
 */
export class SeededDropout extends layers.Layer {
  static readonly className = "SeededDropout";
  readonly #rate: number;
  readonly #seed: number;
  readonly #stream: SeedStream;

  constructor({ name, rate, seed }: SeededDropoutArguments) {
    super({ name });
    this.#rate = rate;
    this.#seed = seed;
    this.#stream = seedStream(seed, `dropout/${name}`);
  }

  override computeOutputShape(inputShape: number[]): number[] {
    return inputShape;
  }

  override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
    const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    if (!training) return input.clone();
    return tidy(() => mul(input, tensor(dropoutMask(this.#stream, this.#rate, input.size), input.shape)));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.#rate, seed: this.#seed };
  }
}

/** For each of `size` units 0, with probability `rate`, else 1 / (1 − rate). */
export function dropoutMask(stream: SeedStream, rate: number, size: number): Float32Array {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length: size }, () => (stream.uniform() < rate ? 0 : kept));
}

serialization.registerClass(SeededDropout as unknown as serialization.SerializableConstructor<SeededDropout>);
