/**
 * Tests an engine on small cases before it may train. The cases use whole numbers, which every engine represents
 * exactly. A broken installation, another version of a package, or a kernel that was not registered would otherwise
 * train wrong networks silently.
 */
import { grads, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";
import type { EngineName } from "./engineName.ts";
import { type ProofCase, proofCases } from "./proofCases.ts";

/**
 * Computes the value and the gradient of every case. It takes milliseconds and leaves no tensor behind.
 *
 * @param name name of the running engine, for the error.
 * @throws {InputError} for the first case whose result is wrong or that fails.
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

/** Describes in a few words what is wrong with a case; null if it is right. */
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

/** Computes a case on the running engine. */
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
