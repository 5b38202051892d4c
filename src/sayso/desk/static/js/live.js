// Says on an open list that incidents changed, and shows them where nobody is in the midst of it.

const list = () => document.querySelector("#found[data-live=on]");

if (list()) {
  const events = new EventSource("/api/v1/events");
  const changed = new Set();
  events.addEventListener("incident", (event) => {
    changed.add(JSON.parse(event.data).incident);
    const found = list();
    if (!found) return;
    if (scrollY === 0 && !found.contains(document.activeElement)) refresh(found);
    else tell();
  });

  const refresh = async (found) => {
    const address = location.pathname + location.search;
    const answer = await fetch(address);
    if (!answer.ok) return tell();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceWith(page.querySelector("#found"));
    htmx.process(document.querySelector("#found"));
    changed.clear();
  };

  const tell = () => {
    const news = document.querySelector("#news");
    news.hidden = false;
    const many = changed.size === 1 ? "1 incident is" : `${changed.size} incidents are`;
    news.firstElementChild.textContent = `${many} new or changed: show`;
  };
}
