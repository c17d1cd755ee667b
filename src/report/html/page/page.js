// What a page can do only with a script: numbers under the cursor, and buttons that copy. The page is whole without it.

const SVG = "http://www.w3.org/2000/svg";

/** A chart of lines: its numbers, its cursor, and the line of text that shows the numbers. */
function readChart(figure) {
  const [least, most] = figure.dataset.ends.split(" ").map(Number);
  const names = [...figure.querySelectorAll("fieldset input:not(.log)")].map(
    (box) => box.parentElement.querySelector("span").firstChild.textContent,
  );
  const series = [...figure.querySelectorAll("path[data-x]")].map((path, index) => ({
    name: names[index],
    xs: path.dataset.x.split(" ").map(Number),
    ys: path.dataset.y.split(" "),
    box: figure.querySelector(`input.s${index}`),
  }));
  const line = document.createElementNS(SVG, "line");
  line.setAttribute("class", "cursor");
  line.setAttribute("y2", "100%");
  return {
    axis: figure.dataset.axis,
    // A card is about a run of its own; elsewhere all charts of a page show the same one.
    card: figure.closest("article"),
    area: figure.querySelector(".area"),
    reading: figure.querySelector(".reading"),
    title: figure.querySelector("figcaption").textContent,
    plot: figure.querySelector(".plot"),
    xs: [...new Set(series.flatMap(({ xs }) => xs))].sort((a, b) => a - b),
    least,
    most,
    series,
    line,
  };
}

function nearest(xs, x) {
  let best = 0;
  for (let index = 1; index < xs.length; index++)
    if (Math.abs(xs[index] - x) < Math.abs(xs[best] - x)) best = index;
  return best;
}

/** Shows the numbers measured nearest to `x`, and returns them as words. */
function show(chart, x) {
  const at = chart.xs[nearest(chart.xs, x)];
  const values = chart.series
    .filter(({ box, xs }) => box.checked && xs.length > 0)
    .map(({ name, xs, ys }) => {
      const index = nearest(xs, at);
      return `${name} ${ys[index]}${xs[index] === at ? "" : ` (at ${xs[index]})`}`;
    });
  const place = `${(100 * (at - chart.least)) / (chart.most - chart.least || 1)}%`;
  chart.line.setAttribute("x1", place);
  chart.line.setAttribute("x2", place);
  chart.area.append(chart.line);
  chart.reading.textContent = `${chart.axis} ${at}: ${values.join(" · ")}`;
  return chart.reading.textContent;
}

function hide({ line, reading }) {
  line.remove();
  reading.textContent = "";
}

const charts = [...document.querySelectorAll("figure.lines")]
  .map(readChart)
  .filter(({ xs }) => xs.length > 0);

for (const chart of charts) {
  const alike = charts.filter(({ axis, card }) => axis === chart.axis && card === chart.card);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(chart.xs.length - 1);
  slider.value = slider.max;
  slider.setAttribute("aria-label", `Cursor: ${chart.title}`);
  slider.setAttribute("aria-valuetext", "not shown");
  const point = (x) => {
    slider.value = String(nearest(chart.xs, x));
    for (const other of alike) if (other !== chart) show(other, x);
    slider.setAttribute("aria-valuetext", show(chart, x));
  };
  const leave = () => {
    for (const other of alike) hide(other);
  };
  slider.addEventListener("input", () => point(chart.xs[Number(slider.value)]));
  slider.addEventListener("blur", leave);
  slider.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = chart.area.getBoundingClientRect();
    point(chart.least + ((clientX - left) / width) * (chart.most - chart.least));
  });
  slider.addEventListener("pointerleave", leave);
  chart.plot.append(slider);
}

/** Selects the text where a page from disk may not write to the clipboard: Ctrl-C then copies it. */
async function copy(button, element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  try {
    await navigator.clipboard.writeText(element.textContent);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected: press Ctrl-C";
  }
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    void copy(button, document.getElementById(button.dataset.copies));
  });
}
