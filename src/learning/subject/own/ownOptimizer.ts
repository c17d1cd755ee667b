// Adapts an optimizer that a project wrote, or took from TensorFlow.js, to learnproof's interface.

import { dispose, type Tensor, tensor, Variable } from "@tensorflow/tfjs-core";
import type { Optimizer, SavedTensor } from "../../optimizer/optimizer.ts";
import { ask, type Callback, wrongAnswer } from "./blame.ts";
import { isPromise } from "./later.ts";

interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/** An optimizer of TensorFlow.js, such as `tf.train.adam(0.01)`, or one with the same method. */
export interface StockOptimizer {
  /** Updates each variable by the gradient of its name. */
  applyGradients(gradients: NamedTensor[]): void;
  /** Frees its internal state. @defaultValue there is none to free */
  dispose?(): void;
  /** Returns the tensors that it keeps from step to step. @defaultValue its state cannot be saved */
  getWeights?(): Promise<NamedTensor[]>;
  /** Takes on tensors that {@link getWeights} returned. */
  setWeights?(weights: NamedTensor[]): Promise<void>;
}

/** An optimizer as a project may write it. */
export type WrittenOptimizer =
  | (Omit<Optimizer, "dispose"> & Partial<Pick<Optimizer, "dispose">>)
  | StockOptimizer;

/**
 * Calls a project's function to make an optimizer.
 *
 * @throws {InputError} if the function or a later step throws, and if the result is not an optimizer.
 */
export function ownOptimizer(subject: string, make: () => WrittenOptimizer): Optimizer {
  const callback: Callback = { subject, name: "optimizer" };
  const optimizer = ask(callback, make);
  refuseNoOptimizer(callback, optimizer);
  const step: Callback = {
    subject,
    name: "update" in optimizer ? "optimizer.update" : "optimizer.applyGradients",
  };
  return {
    update(variables, gradients) {
      const answer: unknown = ask(step, () =>
        "update" in optimizer
          ? optimizer.update(variables, gradients)
          : optimizer.applyGradients(named(variables, gradients)),
      );
      if (!isPromise(answer)) return;
      // A later rejection is ignored, because the error below is thrown anyway.
      answer.catch(() => {});
      throw wrongAnswer(step, "must move the weights at once; write it without async and await", "a promise");
    },
    dispose() {
      ask({ subject, name: "optimizer.dispose" }, () => optimizer.dispose?.());
    },
    ...(savingOf(optimizer) ?? {}),
  };
}

/** Returns how a stock optimizer's state is saved; null if it has no methods for that. */
function savingOf(optimizer: WrittenOptimizer): Required<Pick<Optimizer, "save" | "restore">> | null {
  const { getWeights, setWeights } = optimizer as Partial<StockOptimizer>;
  if (getWeights === undefined || setWeights === undefined) return null;
  return {
    async save() {
      const kept = await getWeights.call(optimizer);
      const tables = await Promise.all(kept.map(saveNamed));
      // The count of its steps is a tensor of its own, which nobody else frees.
      dispose(kept.map((weight) => weight.tensor).filter((one) => !(one instanceof Variable)));
      return { steps: 0, moments: [tables] };
    },
    async restore(_variables, { moments: [kept = []] }) {
      const tensors = kept.map(({ name, shape, values }) => ({ name, tensor: tensor(values, [...shape]) }));
      await setWeights.call(optimizer, tensors);
      dispose(tensors.map((weight) => weight.tensor));
    },
  };
}

async function saveNamed({ name, tensor: kept }: NamedTensor): Promise<SavedTensor> {
  return { name, shape: kept.shape, values: Float32Array.from(await kept.data()) };
}

function named(variables: readonly Variable[], gradients: Parameters<Optimizer["update"]>[1]): NamedTensor[] {
  return variables.flatMap((variable, index) => {
    const tensor = gradients[index];
    return tensor ? [{ name: variable.name, tensor }] : [];
  });
}

function refuseNoOptimizer(callback: Callback, answer: unknown): void {
  const { update, applyGradients } = (answer ?? {}) as { update?: unknown; applyGradients?: unknown };
  if (typeof answer === "object" && (typeof update === "function" || typeof applyGradients === "function"))
    return;
  if (isPromise(answer)) (answer as Promise<unknown>).catch(() => {});
  throw wrongAnswer(
    callback,
    "must return an optimizer, with the method applyGradients or update; return what tf.train.adam() gives, or name one in training.optimizer",
    answer,
  );
}
