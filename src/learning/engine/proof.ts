/**
 * What an engine must compute before it may train: small cases with whole numbers, which every engine holds exactly.
 * A broken installation, another version of a package, or a kernel that lost its place would train wrong networks
 * without a word.
 */
import { grads, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";
import type { EngineName } from "./engineName.ts";
import { type ProofCase, proofCases } from "./proofCases.ts";

/**
 * Computes every case, value and gradient. Takes milliseconds and leaves no tensor behind.
 *
 * @param name of the engine that runs now, for the refusal.
 * @throws {InputError} for the first case that comes out wrong, or does not come out.
 */
export function proveEngine(name: EngineName): void {
  for (const proof of proofCases) {
    const fault = faultOf(proof);
    if (fault === null) continue;
    throw new InputError({
      code: "engine-wrong",
      field: "--engine",
      message: `names an engine that computes ${proof.name} wrongly here: ${fault}; install @tensorflow/tfjs-core, -layers and -backend-wasm 4.22.0 anew, or use cpu`,
      got: name,
    });
  }
}

/** What of a case is wrong, in a few words; null where all is right. */
function faultOf(proof: ProofCase): string | null {
  try {
    const { value, gradients } = answersOf(proof);
    if (!isSame(value, proof.value)) return `its value must be [${proof.value}], got [${value}]`;
    const wrong = gradients.findIndex((gradient, index) => !isSame(gradient, proof.gradients[index] ?? []));
    if (wrong < 0) return null;
    return `the gradient of its input ${wrong + 1} must be [${proof.gradients[wrong]}], got [${gradients[wrong]}]`;
  } catch (error) {
    return `it fails with ${(error as Error).message.split("\n", 1)[0]}`;
  }
}

/** What the running engine computes of a case. */
function answersOf({ inputs, outputGradient, compute }: ProofCase): {
  value: number[];
  gradients: number[][];
} {
  return tidy(() => {
    const x = inputs.map(({ shape, values }) => tensor([...values], [...shape]));
    const out = compute(...x);
    const gradients = grads(compute)(x, tensor([...outputGradient], out.shape));
    const numbers = (answer: Tensor) => Array.from(answer.dataSync());
    return { value: numbers(out), gradients: gradients.map(numbers) };
  });
}

function isSame(got: readonly number[], expected: readonly number[]): boolean {
  return got.length === expected.length && expected.every((number, at) => got[at] === number);
}
