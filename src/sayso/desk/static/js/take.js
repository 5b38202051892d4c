// A chart taken along: as SVG or PNG, with its title above and its sources under it.

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity",
  "opacity", "font-family", "font-size", "font-weight", "text-anchor", "stroke-linecap"];
const SVG = "http://www.w3.org/2000/svg";

/**
 * Buttons that save a chart, beside the link to its numbers.
 * @param {Element} place where the buttons go
 * @param {() => SVGSVGElement | null} drawn the chart as it is drawn now
 * @param {{title: string, sources: string, name: string, legend?: string[]}} about
 */
export function offer(place, drawn, about) {
  for (const kind of ["SVG", "PNG"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = kind;
    button.setAttribute("aria-label", `${about.title} as ${kind}`);
    button.addEventListener("click", () => take(kind, drawn(), about));
    place.append(button);
  }
}

async function take(kind, svg, about) {
  if (!svg) return;
  const whole = standalone(svg, about);
  const text = new XMLSerializer().serializeToString(whole);
  const blob = new Blob([text], { type: "image/svg+xml" });
  save(kind === "SVG" ? blob : await paint(blob, whole), `${about.name}.${kind.toLowerCase()}`);
}

/** The chart with its colours written into it, a title, and its sources wrapped under it. */
function standalone(svg, about) {
  const box = svg.viewBox.baseVal;
  const [width, height] = box && box.width ? [box.width, box.height]
    : [svg.clientWidth, svg.clientHeight];
  const inner = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  [inner, ...inner.querySelectorAll("*")].forEach((node, i) => write(from[i], node));
  const most = Math.floor(width / 6);
  const lines = [...(about.legend ?? []), `Source: ${about.sources}. Read by sayso.`]
    .flatMap((words) => wrap(words, most));
  const whole = document.createElementNS(SVG, "svg");
  const tall = height + 36 + lines.length * 15;
  for (const [k, v] of Object.entries({ width, height: tall, viewBox: `0 0 ${width} ${tall}` }))
    whole.setAttribute(k, v);
  const style = getComputedStyle(document.body);
  const paper = document.createElementNS(SVG, "rect");
  for (const [k, v] of Object.entries({ width, height: tall, fill: style.backgroundColor }))
    paper.setAttribute(k, v);
  inner.setAttribute("y", 28);
  inner.setAttribute("width", width);
  inner.setAttribute("height", height);
  whole.append(paper, say(about.title, 8, 18, 14, style.color, "bold"), inner);
  lines.forEach((line, i) => whole.append(say(line, 8, height + 44 + i * 15, 11, style.color)));
  return whole;
}

function write(from, to) {
  const style = getComputedStyle(from);
  for (const name of KEPT) if (style.getPropertyValue(name)) to.setAttribute(name, style.getPropertyValue(name));
  to.removeAttribute("class");
}

function say(words, x, y, size, fill, weight = "normal") {
  const text = document.createElementNS(SVG, "text");
  for (const [k, v] of Object.entries({ x, y, fill, "font-size": size, "font-weight": weight, "font-family": "sans-serif" }))
    text.setAttribute(k, v);
  text.textContent = words;
  return text;
}

function wrap(words, most) {
  const lines = [""];
  for (const word of words.split(" ")) {
    if (lines.at(-1).length + word.length > most) lines.push("");
    lines[lines.length - 1] += `${word} `;
  }
  return lines;
}

async function paint(blob, svg) {
  const image = new Image();
  const address = URL.createObjectURL(blob);
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = svg.getAttribute("width") * 2;
  canvas.height = svg.getAttribute("height") * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
