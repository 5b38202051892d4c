
"use strict";
// Lights up a claim's words and its card together, and scrolls to the other of the two on a click.
// The page works without it: numbers and cards are linked by anchors.
(() => {
  let pinned = "";
  const ids = (el) => (el && el.closest ? el.closest("[data-c]") : null)?.dataset.c.split(" ") ?? [];
  const light = (id) => {
    document.querySelectorAll(".on").forEach((el) => el.classList.remove("on"));
    if (id) document.querySelectorAll(`[data-c~="${id}"]`).forEach((el) => el.classList.add("on"));
  };
  document.addEventListener("pointerover", (e) => {
    if (e.pointerType === "mouse") light(ids(e.target)[0] ?? pinned);
  });
  document.addEventListener("focusin", (e) => light(ids(e.target)[0] ?? pinned));
  document.addEventListener("click", (e) => {
    if (!getSelection().isCollapsed) return;
    const id = ids(e.target)[0] ?? "";
    pinned = id === pinned ? "" : id;
    light(pinned);
    if (!pinned || e.target.closest("a")) return;
    const card = document.getElementById(pinned);
    const there = e.target.closest(".card") ? document.getElementById(pinned.replace("c", "w")) : card;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    there?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") light((pinned = ""));
  });
})();
