// Says on an open incident that it changed; what a link within the page leads to is opened.

const page = document.querySelector(".incident[data-live=on]");
if (page) {
  const events = new EventSource("/api/v1/events");
  events.addEventListener("incident", (event) => {
    if (JSON.parse(event.data).incident === page.dataset.incident)
      document.querySelector("#news").hidden = false;
  });
}

function reveal() {
  const to = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!to) return;
  const folded = to.closest("details");
  if (folded && !folded.open) folded.open = true;
  if (folded) to.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();
