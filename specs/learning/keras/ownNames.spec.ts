// What is added to a script speaks of its tables by the script's own names.

import { expect, test } from "vitest";
import { inOwnNames } from "../../../src/learning/keras/words/ownNames.ts";

const at = (text: string) => ({ file: "train.py", line: 9, text });

test.each([
  ["model.fit(X_train, y_train, epochs=9)", "X_train = X_train / X_train.max(); y_train = y_train[0]"],
  ["model.fit(x=features, y=labels)", "features = features / features.max(); labels = labels[0]"],
  ["model.fit(X, y=Y, batch_size=8)", "X = X / X.max(); Y = Y[0]"],
  ["history = model.fit(X, Y)", "X = X / X.max(); Y = Y[0]"],
  ["model.fit(data[:, :4], Y)", "x = x / x.max(); y = y[0]"],
  ["model.fit(batches, epochs=2)", "x = x / x.max(); y = y[0]"],
  ["train(model)", "x = x / x.max(); y = y[0]"],
])("%s names the tables of training", (call, line) => {
  expect(inOwnNames("x = x / x.max(); y = y[0]", at(call))).toBe(line);
});

test("the held-out tables are those of validation_data, and what is asked keeps its name", () => {
  const call = at("model.fit(X, Y, validation_data=(X_test, Y_test))");
  expect(inOwnNames("x_val, x_asked = of(x), y_val.shape", call)).toBe(
    "X_test, x_asked = of(X), Y_test.shape",
  );
});

test("words and longer names stay as they are", () => {
  const line = 'np.exp(max_x), np.y, "x", y_true';
  expect(inOwnNames(line, at("model.fit(A, B)"))).toBe(line);
});
