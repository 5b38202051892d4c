// Review by keyboard. Every key does what a button or form on the page does: forms stand for what
// can be decided, this sends them without leaving the page and moves on to the next row.

const queue = document.querySelector("#queue");
const said = document.querySelector("#said");
const help = document.querySelector("#help");
const rows = () => [...(queue?.tBodies ?? [])];
const asks = () => new URLSearchParams({ policy: queue.dataset.policy, ...(queue.dataset.blind && { blind: "1" }) });
const decidedNow = []; // what was decided here: entries and their rows, to be taken back
let current = null;

// -- rows -----------------------------------------------------------------------------------------

const focusRow = (row, { open = true, scroll = true } = {}) => {
  if (!row) return;
  current?.classList.remove("on");
  current = row;
  row.classList.add("on");
  row.querySelector(".open-row").focus({ preventScroll: true });
  if (scroll) row.scrollIntoView({ block: "nearest" });
  if (open) openRow(row);
};

const fetchRow = async (id, closed) => {
  const query = asks();
  if (closed) query.set("closed", "1");
  const answer = await fetch(`/review/rows/${encodeURIComponent(id)}?${query}`);
  if (answer.status === 204) return null; // joined to another
  if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.querySelector("tbody"));
};

// Takes the row as the ledger now has it; what somebody is writing in stays until they are done.
// `live`: nobody here asked for it, so that a row which was opened meanwhile stays open.
const refresh = async (id, { closed = false, live = false } = {}) => {
  const old = document.getElementById(id);
  if (!old) return null;
  const fresh = await fetchRow(id, closed).catch((error) => { // the row stays as it is
    if (!live) tell(`The row could not be taken anew: ${error.message}.`, true);
  });
  const now = document.getElementById(id);
  if (!now || fresh === undefined) return now;
  if (!fresh) {
    if (now === current) focusRow(rows()[rows().indexOf(now) + 1] ?? rows()[rows().indexOf(now) - 1], { open: false });
    now.remove();
    return null;
  }
  const opened = now.hasAttribute("data-open");
  if (live && closed && opened) return refresh(id, { live });
  if (now === current && !closed && opened && (writesIn(now) || (live && choosesIn(now)))) return now;
  fresh.querySelector("[name=incident]").checked = now.querySelector("[name=incident]").checked;
  const hadFocus = now.contains(document.activeElement);
  now.replaceWith(fresh);
  if (now === current) {
    current = fresh;
    fresh.classList.add("on");
    if (hadFocus) fresh.querySelector(".open-row").focus({ preventScroll: true });
  } else closeRow(fresh); // somebody moved on while it came: one row is open at a time
  return fresh;
};

const opening = new Map();
const openRow = (row) => {
  for (const other of rows()) if (other !== row && other.querySelector(".review-detail")) closeRow(other);
  if (row.hasAttribute("data-open")) return Promise.resolve(row);
  if (!opening.has(row.id)) opening.set(row.id, refresh(row.id).finally(() => opening.delete(row.id)));
  return opening.get(row.id);
};
const closeRow = (row) => {
  row.querySelector(".review-detail")?.remove();
  row.removeAttribute("data-open");
};
const writes = (at) => at?.matches?.("input:not([type=checkbox]), select, textarea");
const writesIn = (row) => row.contains(document.activeElement) && writes(document.activeElement);
const choosesIn = (row) => {
  const detail = row.querySelector(".review-detail");
  return detail !== null && (detail.contains(document.activeElement) || detail.querySelector("[name=apart]:checked") !== null);
};
const move = (by) => {
  const all = rows();
  const next = all[all.indexOf(current) + by];
  if (next) focusRow(next);
  else if (by > 0) document.querySelector("#next")?.focus();
};
const isOpen = (row) => !row.matches(".accepted, .rejected");
const nextOpen = () => {
  const all = rows(), at = all.indexOf(current);
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find(isOpen);
  if (next) focusRow(next);
};

// -- deciding -------------------------------------------------------------------------------------

const tell = (words, bad) => {
  said.replaceChildren(Object.assign(document.createElement("p"), { textContent: words, className: bad ? "bad-words" : "" }));
};
/** What the desk takes from its own pages alone: the seal of who signed in. */
const headers = () => ({
  "content-type": "application/json",
  "x-sayso-seal": document.querySelector("meta[name=seal]")?.content ?? "",
});
const decide = async (decision) => {
  const answer = await fetch(`/api/v1/review/decisions?${asks()}`, {
    method: "POST", headers: headers(), body: JSON.stringify(decision),
  });
  const made = await answer.json();
  if (!answer.ok) {
    tell([made.detail, made.mend].filter(Boolean).join("; "), true);
    for (const id of decision.incidents ?? []) refresh(id, { closed: id !== current?.id });
    return null;
  }
  for (const { target, why } of made.refused) tell(`${target}: ${why}`, true);
  return made;
};

const DONE = {
  accept: "Accepted", reject: "Rejected", correct: "Corrected and accepted", join: "Joined",
  split: "Split", grade: "Graded", accept_report: "Report accepted",
};
// One decision after the other, and nothing opened in between: a row is taken anew after each.
let busy = Promise.resolve();
const act = (decision) => (busy = busy.then(() => actNow(decision)).catch((error) => tell(`${error}`, true)));
const actNow = async (decision) => {
  const names = decision.incidents ?? [];
  const title = names.length > 1 ? `${names.length} rows` : document.getElementById(names[0])?.dataset.title;
  const made = await decide(decision);
  if (!made) return;
  if (made.entries.length) decidedNow.push({ entries: made.entries, incidents: made.incidents });
  if (decision.action === "accept" || decision.action === "reject") {
    for (const id of made.incidents) {
      const row = document.getElementById(id);
      row?.classList.add(`${decision.action}ed`);
      if (row) row.querySelector("[name=incident]").checked = false;
    }
    chosen();
  }
  const leaves = ["accept", "reject", "correct"].includes(decision.action);
  const now = await Promise.all(made.incidents.map((id) => refresh(id, { closed: leaves || id !== current?.id })));
  // said once the rows are as they now are: what is chosen next is chosen on them
  if (!made.refused.length) tell(`${DONE[decision.action]}: ${title}. u takes it back.`);
  if (now.some((row) => row && row === current && !isOpen(row))) nextOpen();
};
const undo = () => (busy = busy.then(undoNow).catch((error) => tell(`${error}`, true)));
const undoNow = async () => {
  const last = decidedNow.pop();
  if (!last) {
    const left = said.querySelector("[name=entries]");
    if (left) left.form.requestSubmit(left.form.querySelector("button"));
    else tell("Nothing was decided here that could be taken back.");
    return;
  }
  if (!(await decide({ action: "undo", entries: last.entries, incidents: last.incidents }))) return;
  await Promise.all(last.incidents.map((id) => refresh(id, { closed: true })));
  tell("Taken back.");
  focusRow(last.incidents.map((id) => document.getElementById(id)).find(Boolean));
};
const picked = () => rows().filter((row) => row.querySelector("[name=incident]").checked);
const targets = () => (picked().length ? picked() : current ? [current] : []);
const onRows = (action) => {
  const on = targets();
  if (!on.length) return;
  const reason = picked().length ? document.querySelector("#bulk-reason").value : current.querySelector(".reason")?.value ?? "";
  act({ action, reason, incidents: on.map((r) => r.id), seen: Object.fromEntries(on.map((r) => [r.id, r.dataset.line])) });
};
const chosen = () => {
  const label = document.querySelector("#chosen");
  const n = picked().length;
  label.textContent = n ? `${n} chosen` : "Chosen rows";
};

// A form as the decision that it is.
const decisionOf = (form, button) => {
  const data = new FormData(form, button);
  const cells = {};
  for (const [name, value] of data) if (name.startsWith("cell_")) cells[name.slice(5)] = value;
  const one = (name) => data.get(name) ?? "";
  const entries = one("entries");
  return {
    action: one("action"), incidents: data.getAll("incident"), reason: one("reason"),
    seen: Object.fromEntries(data.getAll("seen").map((pair) => pair.split("="))),
    report: one("report"), cells, other: one("other"), apart: data.getAll("apart"),
    source: one("source"), grade: one("grade"), entries: entries ? entries.split(",") : [],
  };
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!queue || form.method !== "post" || !form.getAttribute("action").startsWith("/review")) return;
  const decision = decisionOf(form, event.submitter);
  if (decision.action === "undo") return; // the page anew
  event.preventDefault();
  act(decision);
});

// -- keys -----------------------------------------------------------------------------------------

// Opens the row and what is asked for in it, and puts the cursor there.
const into = async (selector, field) => {
  await busy;
  if (!current) return;
  const row = await openRow(current);
  const part = row?.querySelector(selector);
  if (!part) return tell("This row has nothing of that kind.");
  if (part.localName === "details") part.open = true;
  const at = part.querySelector(field);
  at?.focus();
  at?.select?.();
};
const acceptReport = async () => {
  await busy;
  const row = current && (await openRow(current));
  const form = row?.querySelector(".review-report:not(.accepted) .report-accept");
  if (form) act(decisionOf(form, form.querySelector("button")));
};
const copy = async () => {
  const on = targets();
  const lines = on.map((row) => row.dataset.tsv);
  const words = on.length > 1 ? [queue.dataset.columns, ...lines] : lines;
  try {
    await navigator.clipboard.writeText(words.join("\n"));
  } catch {
    return tell("The browser does not let this page copy.", true);
  }
  tell(on.length > 1 ? `${on.length} rows copied, with a line of names.` : "Row copied.");
};
const KEYS = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
  a: () => onRows("accept"), x: () => onRows("reject"), A: acceptReport,
  e: () => into(".correct", "[name=cell_killed]"), w: () => into(".decide", ".reason"),
  m: () => into(".join", "select"), s: () => into(".split", "input[type=checkbox]"),
  g: () => into(".grading", "select"), u: undo, y: copy,
  " ": () => { const box = current?.querySelector("[name=incident]"); if (box) { box.checked = !box.checked; chosen(); } },
  "/": () => document.querySelector("#q").focus(), "?": () => (help.open ? help.close() : help.showModal()),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (event.key === "Escape" && !help.open && current) { focusRow(current, { open: false }); return; }
  if (event.key === "Enter" && at.matches?.(".correct select")) { event.preventDefault(); at.form.requestSubmit(at.form.querySelector("button")); return; }
  if (writes(at) || (help.open && event.key !== "?")) return;
  if ((event.key === " " || event.key.startsWith("Arrow")) && at.matches?.("button, summary, input, a:not(.open-row)")) return;
  if (!KEYS[event.key] || !queue && !"/?".includes(event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.querySelector("#keys").hidden = false;
document.querySelector("#keys").addEventListener("click", () => help.showModal());

if (queue) {
  queue.addEventListener("change", (event) => event.target.name === "incident" && chosen());
  queue.addEventListener("click", (event) => {
    const link = event.target.closest(".open-row");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest("tbody");
    if (row === current && row.hasAttribute("data-open")) closeRow(row);
    else focusRow(row, { scroll: false });
  });
  const opened = location.hash && document.getElementById(location.hash.slice(1));
  focusRow(opened || rows().find(isOpen) || rows()[0], { scroll: Boolean(opened) });

  // -- who else is here ---------------------------------------------------------------------------
  const tab = crypto.randomUUID();
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch("/api/v1/review/presence", {
      method: "POST", headers: headers(),
      body: JSON.stringify({ tab, row: current?.id ?? null }),
    }).catch(() => null);
    if (!answer?.ok) return;
    const others = await answer.json();
    for (const row of rows()) {
      const here = row.querySelector(".here");
      here.hidden = !others[row.id];
      here.textContent = others[row.id] ? `${others[row.id].join(", ")} has this open` : "";
    }
  };
  look();
  setInterval(look, 3000);
  addEventListener("pagehide", () => fetch("/api/v1/review/presence", {
    method: "POST", headers: headers(), body: JSON.stringify({ tab }), keepalive: true,
  }).catch(() => null));

  // -- what changes meanwhile ---------------------------------------------------------------------
  new EventSource("/api/v1/events").addEventListener("incident", (event) => {
    const id = JSON.parse(event.data).incident;
    const row = document.getElementById(id);
    if (row && !(row === current && writesIn(row))) refresh(id, { closed: !row.hasAttribute("data-open"), live: true });
  });
}
