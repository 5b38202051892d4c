// The map: each place as wide as what is told of it, on the outlines of countries.
// Where a country is all that is known, all of it is drawn, and no point.

import { offer } from "./take.js";

const KM = 111.2; // of a degree
const holder = document.querySelector("#map-data");
const figure = document.querySelector("figure.map");
if (holder && figure) {
  const told = JSON.parse(holder.textContent);
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((s) => s.isIntersecting)) return;
    near.disconnect();
    load(told);
  }, { rootMargin: "400px" });
  if (told.spots.some(isDrawn)) {
    figure.hidden = false;
    near.observe(figure);
  }
}

function isDrawn(spot) {
  return spot.numeric !== null || (spot.km !== null && spot.lat !== null);
}

async function load(told) {
  const answer = await fetch(told.world);
  if (!answer.ok) { figure.hidden = true; return; }
  const world = await answer.json();
  const countries = topojson.feature(world, world.objects.countries).features;
  const place = figure.querySelector(".drawn");
  draw(place, told.spots, countries);
  const bar = document.createElement("p");
  bar.className = "take";
  figure.append(bar);
  offer(bar, () => place.querySelector("svg"), {
    title: `${told.title}: where`, sources: `${told.sources}. Outlines: Natural Earth`, name: `${told.incident}-map`,
  });
}

/** What a place covers: a circle as wide as its kind, or its country. */
function area(spot, countries) {
  if (spot.km !== null && spot.lat !== null && spot.lon !== null)
    return d3.geoCircle().center([spot.lon, spot.lat]).radius(spot.km / KM)();
  return countries.find((c) => c.id === spot.numeric) ?? null;
}

function draw(place, spots, countries) {
  const found = spots.map((spot) => area(spot, countries));
  const areas = found.map((each, i) => (found.indexOf(each) === i ? each : null)); // a country once
  const main = areas.find(Boolean);
  if (!main) { figure.hidden = true; return; }
  const [width, height] = [560, 340];
  const middle = d3.geoCentroid(main);
  const wide = Math.min(Math.max(d3.geoLength(main.type === "Feature" ? outline(main) : main) * 20, 7), 60);
  const projection = d3.geoAzimuthalEqualArea().rotate([-middle[0], -middle[1]]).clipAngle(89)
    .fitExtent([[12, 12], [width - 12, height - 12]],
      main.type === "Feature" ? main : d3.geoCircle().center(middle).radius(wide)());
  const path = d3.geoPath(projection);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img")
    .attr("aria-label", `Map: ${spots.map((s) => s.name ?? "a place").join(", ")}`);
  svg.append("rect").attr("class", "sea").attr("width", width).attr("height", height);
  svg.append("g").selectAll("path").data(countries).join("path").attr("class", "land").attr("d", path);
  spots.forEach((spot, i) => {
    if (areas[i]) svg.append("path").attr("class", i ? "area other" : "area").attr("d", path(areas[i]));
  });
  labels(svg, spots, areas, path, countries);
  place.replaceChildren(svg.node());
}

/** The outline of a country's largest part: Russia's is not that of its islands. */
function outline(country) {
  const { type, coordinates } = country.geometry;
  const rings = type === "Polygon" ? [coordinates[0]] : coordinates.map((part) => part[0]);
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
  return { type: "LineString", coordinates: ring };
}

function labels(svg, spots, areas, path, countries) {
  const say = (words, at, name) => {
    if (at.every(Number.isFinite) && at[0] > 10 && at[0] < 550 && at[1] > 14 && at[1] < 330)
      svg.append("text").attr("class", name).attr("x", at[0]).attr("y", at[1]).text(words);
  };
  const large = countries.filter((c) => path.area(c) > 6000);
  large.forEach((c) => say(c.properties.name, path.centroid(c), "country"));
  spots.slice(0, 3).forEach((spot, i) => {
    if (!areas[i] || !spot.name || areas[i].type === "Feature") return;
    const [[x0], [x1, y1]] = path.bounds(areas[i]);
    say(spot.name, [(x0 + x1) / 2, y1 + 14], "spot");
  });
}
