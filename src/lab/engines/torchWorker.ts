/** Times PyTorch on the CPU or on a GPU, beside the engines and in turn with them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { InputError } from "../../foundation/input/inputError.ts";
import { findPython } from "../../learning/keras/capture/findPython.ts";
import type { TimedWorker } from "./measure.ts";
import type { NetworkSize } from "./workload.ts";

/**
 * The same training step as ours: convolutions of 5×5 with a stride of 2 and relu, dense layers, mean squared error, Adam.
 * It reads lines of milliseconds, makes as many steps as fit, and prints the milliseconds of one.
 */
const PROGRAM = `
import json, sys, time
import torch
from torch import nn

pixels, filters, hidden, batch, threads, wants_gpu = json.loads(sys.argv[1])
side = pixels
device = "cuda" if wants_gpu and torch.cuda.is_available() else "cpu"
name = torch.cuda.get_device_name() if device == "cuda" else "the CPU"
torch.set_num_threads(threads)
torch.manual_seed(1)
layers, channels = [], 3
for count in filters:
    layers += [nn.ZeroPad2d((1, 2, 1, 2)), nn.Conv2d(channels, count, 5, stride=2), nn.ReLU()]
    channels, side = count, side // 2
layers.append(nn.Flatten())
width = channels * side * side
for units in hidden:
    layers += [nn.Linear(width, units), nn.ReLU()]
    width = units
model = nn.Sequential(*layers, nn.Linear(width, 2)).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
inputs = torch.rand(batch, 3, pixels, pixels, device=device)
targets = torch.rand(batch, 2, device=device)

def step():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(inputs), targets)
    loss.backward()
    optimizer.step()
    return loss.item()

def measure(milliseconds):
    start, steps = time.perf_counter(), 0
    while steps == 0 or time.perf_counter() - start < milliseconds / 1000:
        step()
        steps += 1
    return (time.perf_counter() - start) * 1000 / steps

measure(800)
print(torch.__version__, flush=True)
print(name, flush=True)
for line in sys.stdin:
    measure(float(line) / 2)
    print(measure(float(line)), flush=True)
`;

/** A process that times PyTorch, PyTorch's version and the device that it computes on. */
export interface TorchWorker extends TimedWorker {
  readonly version: string;
  /** `the CPU`, or a GPU's name. */
  readonly device: string;
}

/** Where PyTorch computes. */
export interface TorchPlace {
  /** Threads on the CPU. */
  readonly threads: number;
  /** Whether it computes on the GPU if it finds one. @defaultValue false */
  readonly gpu?: boolean;
}

/**
 * Starts PyTorch on a network and a batch.
 *
 * @throws {InputError} where `python3` does not run it.
 */
export async function startTorch(
  network: NetworkSize,
  batch: number,
  { threads, gpu = false }: TorchPlace,
): Promise<TorchWorker> {
  const { imageSize, filters, hiddenUnits } = network;
  const sizes = JSON.stringify([imageSize, filters, hiddenUnits, batch, threads, gpu]);
  const child = spawn(findPython(undefined, process.env), ["-c", PROGRAM, sizes], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint += text;
  });
  child.on("error", (error) => {
    complaint += error.message;
  });
  // The process may have ended by the time it is asked for a sample.
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (!done) return value;
    if (child.exitCode === null && child.pid !== undefined) await once(child, "exit");
    throw refuseTorch(complaint);
  };
  return {
    version: await read(),
    device: await read(),
    sample: async (sampleMs) => {
      child.stdin.write(`${sampleMs}\n`);
      return Number(await read());
    },
    stop: () => child.kill(),
  };
}

function refuseTorch(complaint: string): InputError {
  return new InputError({
    code: "no-torch",
    field: "--against",
    message:
      "must be timed by python3, and that does not run it; install it with pip install torch, or leave the option out",
    got: `torch (${complaint.trim().split("\n").at(-1) || "python3 ended"})`,
  });
}
