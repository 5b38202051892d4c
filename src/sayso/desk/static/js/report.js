// Lights up a claim's words and its card together, and shared words with the report that has them
// too; offers to correct a claim by words that were selected. Without it the page has anchors.

const report = document.querySelector("#report");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const behavior = still ? "auto" : "smooth";
let pinned = "";

const idsOf = (element) => element?.closest?.("[data-c]")?.dataset.c.split(" ") ?? [];
const wordsOf = (id) => [...report.querySelectorAll(`.words-of [data-c~="${id}"]`)];

const light = (id) => {
  report.querySelectorAll(".on").forEach((el) => el.classList.remove("on"));
  if (id) report.querySelectorAll(`[data-c~="${id}"]`).forEach((el) => el.classList.add("on"));
};

report.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse") light(idsOf(event.target)[0] ?? pinned);
  const other = event.target.closest?.("[data-shared]")?.dataset.shared;
  report.querySelectorAll("[data-s]").forEach((el) => {
    el.classList.toggle("lit", Boolean(other) && el.dataset.s.split(" ").includes(other));
  });
});
report.addEventListener("focusin", (event) => light(idsOf(event.target)[0] ?? pinned));

report.addEventListener("click", (event) => {
  if (!getSelection().isCollapsed || event.target.closest("form, summary, button")) return;
  const id = idsOf(event.target)[0] ?? "";
  pinned = id === pinned ? "" : id;
  light(pinned);
  if (!pinned || event.target.closest("a")) return;
  const inCard = event.target.closest(".claim");
  const there = inCard ? wordsOf(pinned)[0] : document.getElementById(pinned);
  there?.scrollIntoView({ block: "nearest", behavior });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") light((pinned = ""));
});

// #c13.4 marks the claim and brings its words into view
const follow = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!/^c\d+\.\d+$/.test(id)) return;
  light((pinned = id));
  wordsOf(id)[0]?.closest("details.fold")?.setAttribute("open", "");
  wordsOf(id)[0]?.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", follow);
follow();

// words selected in the text: correct the claim that they are of, or add one
const picked = document.querySelector("#picked");
const offer = () => {
  const selection = getSelection();
  const words = selection.toString().replace(/\s+/g, " ").trim();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const start = range?.startContainer;
  const at = start instanceof Element ? start : start?.parentElement;
  const paragraph = at?.closest(".para");
  const id = idsOf(at)[0] ?? paragraph?.querySelector(".claim")?.id;
  picked.hidden = !words || !at?.closest(".words-of") || words.length > 400;
  if (picked.hidden) return;
  const link = picked.querySelector("[data-correct]");
  if (link) {
    link.hidden = !id;
    link.href = `/claims/${id}/correct?words=${encodeURIComponent(words)}`;
    link.textContent = `Correct claim ${id} by these words`;
  }
  const add = picked.querySelector("[data-add]");
  const near = Number(at.closest("[data-at]")?.dataset.at ?? 0) + range.startOffset;
  add.href = `${add.pathname}?words=${encodeURIComponent(words)}&near=${near}`;
  picked.dataset.words = words;
  const box = range.getBoundingClientRect();
  picked.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 300))}px`;
  picked.style.top = `${Math.min(box.bottom + 8, innerHeight - picked.offsetHeight - 8)}px`;
};
picked?.querySelector("button").addEventListener("click", () => {
  const note = document.querySelector("#note-words");
  note.value = `missed: “${picked.dataset.words}”`;
  note.focus();
  picked.hidden = true;
});
if (picked) document.addEventListener("selectionchange", offer);
