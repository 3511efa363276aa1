// Two things that HTML cannot do alone: links stay in this session, tables sort by their headings.
// Without this script links load the page anew and tables stay in their first order.
(() => {
  if (window.explorerHouse) return;
  window.explorerHouse = true;

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest(".stHtml a, .map a");
    const address = link?.getAttribute("href");
    if (!address) return;
    const href = new URL(address, location.href);
    if (href.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      return;
    }
    event.preventDefault();
    history.pushState({}, "", href);
    dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });

  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.sort ?? cell.textContent.trim();
    const figure = Number(text.replace(/[\s\u00a0]/g, ""));
    return text === "" || text === "–" ? null : Number.isNaN(figure) ? text : figure;
  };
  const compare = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
  };
  const sort = (heading) => {
    const table = heading.closest("table");
    const rising = heading.getAttribute("aria-sort") !== "ascending";
    table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows];
    const keyed = rows.map((row) => [value(row, heading.cellIndex), row]);
    keyed.sort(([a], [b]) => (a === null || b === null ? compare(a, b) : rising ? compare(a, b) : compare(b, a)));
    table.tBodies[0].append(...keyed.map(([, row]) => row));
  };
  const prepare = () => {
    document.querySelectorAll("table.sortable:not([data-ready])").forEach((table) => {
      table.dataset.ready = "yes";
      table.querySelectorAll("thead th").forEach((heading) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...heading.childNodes);
        button.addEventListener("click", () => sort(heading));
        heading.append(button);
      });
    });
  };
  // On a phone the list of pages lies over the page: it goes away once a page is chosen.
  document.addEventListener("click", (event) => {
    if (innerWidth > 640 || !event.target.closest('[data-testid="stSidebarNavLink"]')) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 150);
  });

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; prepare(); });
  }).observe(document.body, { childList: true, subtree: true });
  prepare();
})();
