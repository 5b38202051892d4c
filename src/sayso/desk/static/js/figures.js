// Figures over time: an interval a statement, its words at a point or a tap.
// A solid bar is what the words bound, a broken one where a hedge may reach, a dot the number.

import { offer } from "./take.js";

const LOG_FROM = 30; // from this ratio on a linear axis hides the small ones
const DAY = 86400e3;
const HEIGHT = 290; // as incident.css keeps free, so that nothing moves when it is drawn
const STEP = 26; // between statements of one day

const holder = document.querySelector("#figures-data");
const told = holder ? JSON.parse(holder.textContent) : { measures: [] };
for (const measure of told.measures) {
  const figure = document.querySelector(`[data-measure="${measure.id}"]`);
  const rows = placed(measure.rows);
  if (!figure || !rows.length) continue;
  const place = figure.querySelector(".drawn");
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(figure.clientWidth);
    if (now === width || !now) return;
    width = now;
    draw(place, measure, rows, width);
  }).observe(figure);
  offer(figure.querySelector(".take"), () => place.querySelector("svg"), {
    title: `${told.title}: ${measure.name}`, sources: told.sources,
    legend: rows.map((r) => `${r.number}  ${r.name}: ${r.words} (${r.when})`),
    name: `${told.incident}-${measure.name.replace(/\W+/g, "-")}`,
  });
}

/** Rows with their day as a date; those of no known day stand apart, after the last. */
function placed(rows) {
  const at = (iso) => Date.parse(iso.slice(0, 10));
  const days = rows.map((row) => (row.start || row.end
    ? (at(row.start ?? row.end) + at(row.end ?? row.start)) / 2 : null));
  const known = days.filter((day) => day !== null);
  const last = Math.max(...known, 0);
  const apart = last + Math.max((last - Math.min(...known, last)) / 4, DAY);
  return rows.map((row, i) => ({ ...row, x: new Date(days[i] ?? apart), dated: days[i] !== null }));
}

/** Draw one measure anew, as wide as there is room. */
function draw(place, measure, rows, width) {
  const ends = rows.flatMap((r) => [r.reaches_from, r.low, r.best, r.high, r.reaches_to])
    .filter((n) => n !== null);
  if (!ends.length) return;
  const most = Math.max(...ends, 1);
  const least = Math.min(...ends.filter((n) => n > 0), most);
  const log = most / least >= LOG_FROM && !ends.includes(0);
  const top = log ? most * 2 : most * 1.12;
  const days = [...new Set(rows.map((r) => +r.x))].sort((a, b) => a - b);
  const apart = rows.find((r) => !r.dated);
  const shifts = spread(rows);
  const widest = Math.max(...shifts.map(Math.abs)) + 26;
  const inner = Math.max(width - 70, 120);
  const span = Math.max(days.at(-1) - days[0], DAY);
  const pad = (span * widest) / Math.max(inner - 2 * widest, inner / 3);
  const svg = Plot.plot({
    width, height: HEIGHT, marginLeft: 56, marginRight: 14, marginTop: 22, marginBottom: 34,
    ariaLabel: `${measure.name}: who stated how many, by the day on which it was said`,
    x: { type: "utc", domain: [new Date(days[0] - pad), new Date(days.at(-1) + pad)], label: null,
      ...ticks(days, span, width, apart && +apart.x) },
    y: { type: log ? "log" : "linear", domain: log ? [least / 1.5, top] : [0, top], grid: true,
      ticks: 5, tickFormat: log ? "~s" : ",.0f", label: null, nice: false },
    marks: [
      ...measure.pairs.filter((p) => p.verdict === "disagreement" || p.verdict === "differs")
        .flatMap((p) => shaded(p, rows, shifts)),
      ...rows.flatMap((row, i) => bars(row, shifts[i], log ? least / 1.5 : 0, top)),
      ...rows.map((row, i) => Plot.text([row], {
        x: "x", y: (r) => highest(r, top), text: (r) => `${r.number}`, dx: shifts[i], dy: -11,
        className: "number", ariaHidden: "true",
      })),
      ...rows.map((row, i) => Plot.dot([row], {
        x: "x", y: (r) => r.best ?? r.high ?? r.low ?? r.reaches_from ?? 0, r: 15, dx: shifts[i], fill: "transparent",
        href: () => address(row), ariaLabel: (r) => `${r.number}: ${r.speaker}: ${r.words}, ${r.when}`,
      })),
    ],
  });
  svg.querySelectorAll("style").forEach((style) => style.remove()); // the page's policy: no inline style
  svg.querySelectorAll("g[aria-label]").forEach((g) => g.removeAttribute("aria-label")); // of no role
  svg.classList.add("plot");
  place.replaceChildren(svg);
  tips(place, svg, rows);
}

/** How far to the side each statement stands, so that those of one day are all seen. */
function spread(rows) {
  const held = new Map();
  rows.forEach((row, i) => held.set(+row.x, [...(held.get(+row.x) ?? []), i]));
  const shifts = rows.map(() => 0);
  for (const some of held.values())
    some.forEach((i, n) => { shifts[i] = (n - (some.length - 1) / 2) * STEP; });
  return shifts;
}

/** The days themselves where they are few, else as many ticks as fit; no day says so. */
function ticks(days, span, width, apart) {
  const words = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  const tickFormat = (d) => (+d === apart ? "date not known" : d.toLocaleDateString("en-GB", words));
  const far = days.every((d, i) => !i || ((d - days[i - 1]) / span) * width > 90);
  if (days.length <= 6 && far) return { ticks: days.map((d) => new Date(d)), tickFormat };
  const dated = days.filter((d) => d !== apart).map((d) => new Date(d));
  const fit = d3.utcTicks(dated[0], dated.at(-1), Math.max(2, Math.floor(width / 160)));
  return { ticks: apart === undefined ? fit : [...fit, new Date(apart)], tickFormat };
}

function highest(row, top) {
  const open = row.reaches_to === null && row.high === null && row.best === null;
  return open ? top : Math.max(...[row.best, row.high, row.reaches_to, row.low].filter((n) => n !== null));
}

/** The marks of one statement. */
function bars(row, dx, floor, top) {
  const klass = { className: `bar c${row.colour}` };
  const from = row.reaches_from ?? floor;
  const to = row.reaches_to ?? row.high ?? top;
  const low = row.low ?? row.best ?? row.high ?? from;
  const high = row.high ?? row.best ?? row.low ?? to;
  const line = (y1, y2, more) => (y2 > y1
    ? [Plot.ruleX([row], { x: "x", y1: () => y1, y2: () => y2, dx, strokeWidth: 8, stroke: "currentColor", ...klass, ...more })] : []);
  const fuzzy = { strokeDasharray: "2,3", strokeOpacity: 0.75 };
  return [
    ...line(from, Math.min(low, high), fuzzy),
    ...line(Math.max(low, high), to, fuzzy),
    ...line(low, high, { strokeOpacity: 0.55 }),
    ...(row.best === null ? [] : [Plot.dot([row], { x: "x", y: "best", r: 5, dx, fill: "currentColor", ...klass })]),
    ...(row.high === null && row.reaches_to === null
      ? [Plot.dot([row], { x: "x", y: () => top, dx, symbol: "triangle", r: 4, fill: "currentColor", ...klass })] : []),
  ];
}

/** The gap between two statements that differ. */
function shaded(pair, rows, shifts) {
  const [a, b] = [pair.a, pair.b].map((n) => rows.findIndex((r) => r.number === n));
  if (a < 0 || b < 0) return [];
  const ends = (r) => [r.reaches_from ?? r.low ?? r.best, r.reaches_to ?? r.high ?? r.best];
  const [[a1, a2], [b1, b2]] = [ends(rows[a]), ends(rows[b])];
  const gap = a2 < b1 ? [a2, b1] : b2 < a1 ? [b2, a1] : null;
  if (!gap || gap.includes(null)) return [];
  const [left, right] = [a, b].sort((i, j) => rows[i].x - rows[j].x || shifts[i] - shifts[j]);
  return [Plot.rect([0], {
    x1: () => rows[left].x, x2: () => rows[right].x, y1: () => gap[0], y2: () => gap[1],
    insetLeft: shifts[left] - 13, insetRight: -shifts[right] - 13, fill: "currentColor", className: "gap",
  })];
}

const address = (row) => `/reports/${row.report}${location.search.includes("at=") ? `?at=${encodeURIComponent(new URLSearchParams(location.search).get("at"))}` : ""}#${row.claim}`;

/** Words beside the pointer, the focus or the finger; the table's row lights up with them. */
function tips(place, svg, rows) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  place.append(tip);
  const table = place.closest(".measure").querySelector("table");
  const hide = () => {
    tip.hidden = true;
    table.querySelectorAll(".lit").forEach((row) => row.classList.remove("lit"));
  };
  const show = (link, row) => {
    hide();
    const head = document.createElement("b");
    head.textContent = `${row.name}: ${row.words}`;
    const words = document.createElement("a");
    words.href = address(row);
    words.textContent = `“${row.quote}” (${row.report})`;
    const beside = [row.dated ? `said ${row.when}` : row.when, ...row.beside].join("; ");
    tip.replaceChildren(head, document.createElement("br"), words, document.createElement("br"), beside);
    tip.hidden = false;
    const [outer, own] = [place.getBoundingClientRect(), link.getBoundingClientRect()];
    const left = Math.min(Math.max(own.left - outer.left - tip.offsetWidth / 2 + 15, 0), outer.width - tip.offsetWidth);
    tip.style.left = `${left}px`;
    tip.style.top = `${own.bottom - outer.top + 2}px`;
    table.querySelector(`[data-row="${row.number}"]`)?.classList.add("lit");
  };
  svg.querySelectorAll("a").forEach((link, i) => {
    link.addEventListener("pointerenter", () => show(link, rows[i]));
    link.addEventListener("focus", () => show(link, rows[i]));
    link.addEventListener("blur", (event) => { if (!tip.contains(event.relatedTarget)) hide(); });
    link.addEventListener("click", (event) => {
      if (event.pointerType === "touch") { event.preventDefault(); show(link, rows[i]); }
    });
  });
  place.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") hide(); });
  place.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
