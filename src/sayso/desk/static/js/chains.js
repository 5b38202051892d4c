// The chain picture, laid out by Graphviz: reports on the left, where say-so ends on the right.
// Graphviz is fetched when the picture comes near the window.

import { offer } from "./take.js";

const holder = document.querySelector("#chains-data");
const told = holder ? JSON.parse(holder.textContent) : { nodes: [] };
const figure = document.querySelector("figure.graph");

if (figure && told.nodes.length) {
  figure.hidden = false;
  const place = figure.querySelector(".drawn");
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((s) => s.isIntersecting)) return;
    near.disconnect();
    draw(place).catch(() => { figure.hidden = true; }); // the list beside it says the same
  }, { rootMargin: "600px" });
  near.observe(figure);
}

/** Lay the graph out and put it on the page. */
async function draw(place) {
  const { Graphviz } = await import(document.querySelector("#chains-script").dataset.graphviz);
  const graphviz = await Graphviz.load();
  const text = graphviz.layout(dot(told), "svg", "dot");
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "From reports to origins");
  svg.querySelectorAll("title").forEach((title) => title.remove());
  svg.querySelectorAll("a").forEach((link) => open(link));
  place.replaceChildren(svg);
  const bar = document.createElement("p");
  bar.className = "take";
  figure.append(bar);
  offer(bar, () => place.querySelector("svg"), {
    title: `${told.title}: where it comes from`, sources: told.sources, name: `${told.incident}-chains`,
  });
}

/** A link within the page opens the list of joins that it leads into. */
function open(link) {
  const to = link.getAttribute("xlink:href") ?? "";
  link.setAttribute("href", to);
  link.removeAttribute("xlink:title");
  const words = [...link.closest("g.node, g.edge").querySelectorAll("text")].map((t) => t.textContent);
  const edge = told.edges.find((e) => to === `#${e.id}`);
  link.setAttribute("aria-label", words.join(" ") || edge?.words || "ground");
  if (!to.startsWith("#")) return;
  link.addEventListener("click", () => {
    document.querySelector("#joins")?.setAttribute("open", "");
  });
}

/** The graph in Graphviz's language; every word of a report is quoted. */
function dot({ nodes, edges, at }) {
  const names = new Map(nodes.map((node, i) => [node.id, `n${i}`]));
  const query = at ? `?at=${encodeURIComponent(at)}` : "";
  const shapes = { report: "box", carrier: "box", speaker: "plaintext", origin: "ellipse", denial: "ellipse" };
  const lines = nodes.map((node) => {
    const words = [...wrap(node.label, 26), ...(node.beside ? wrap(node.beside, 30) : [])].map(quoted).join("\\n");
    const href = node.report ? `, URL="/reports/${node.report}${query}"` : "";
    return `${names.get(node.id)} [label="${words}", shape=${shapes[node.kind]}, class="node-${node.kind}"${href}]`;
  });
  const drawn = edges.map((edge) => {
    const loose = edge.kind === "copy" || edge.kind === "join";
    const more = loose ? `, style=dashed, dir=none, constraint=false, label="${quoted(edge.words)}", URL="#${quoted(edge.id ?? "joins")}"` : "";
    return `${names.get(edge.a)} -> ${names.get(edge.b)} [class="edge-${edge.kind}"${more}]`;
  });
  const same = nodes.filter((n) => n.kind === "report").map((n) => names.get(n.id)).join("; ");
  const last = nodes.filter((n) => n.kind === "origin" || n.kind === "denial").map((n) => names.get(n.id)).join("; ");
  return `digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.16; ranksep=0.55;
    node [fontname="Arial", fontsize=11, margin="0.12,0.05", height=0.3]; edge [fontname="Arial", fontsize=9, arrowsize=0.6];
    { rank=source; ${same} } { rank=sink; ${last} }
    ${[...lines, ...drawn].join("\n")} }`;
}

const quoted = (words) => words.replace(/[\\"]/g, "\\$&").replace(/&/g, "&amp;").replace(/\s+/g, " ");

function wrap(words, most) {
  const lines = [""];
  for (const word of words.slice(0, 160).split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length > most) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}
