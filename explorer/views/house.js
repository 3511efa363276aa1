// What HTML cannot do alone: links stay in this session and its network, tables sort by their headings.
// Without this script links load the page anew and tables stay in their first order.
(() => {
  if (window.explorerHouse) return;
  window.explorerHouse = true;

  // A place on a page, named behind the # of its address: the page is made after the address is known, so it is waited for.
  let sought = location.hash.slice(1);
  const seek = () => {
    const place = sought && document.getElementById(sought);
    if (!place) return;
    sought = "";
    place.scrollIntoView();
    place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
  };

  // What a reader's own step led to, marked with data-come, is brought into sight once: it may stand far from the button.
  const come = () => {
    const answer = document.querySelector("[data-come]:not([data-came])");
    if (!answer) return;
    answer.dataset.came = "yes";
    answer.setAttribute("tabindex", "-1");
    answer.scrollIntoView({ block: "center" });
    answer.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest(".stHtml a, .map a, .tree a");
    const address = link?.getAttribute("href");
    if (!address) return;
    const href = new URL(address, location.href);
    if (href.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      return;
    }
    event.preventDefault();
    const here = href.hash && href.pathname + href.search === location.pathname + location.search;
    history.pushState({}, "", href);
    sought = href.hash.slice(1);
    if (here) return seek();
    dispatchEvent(new PopStateEvent("popstate"));
    if (!link.closest(".pick")) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });

  // The entries of the navigation know nothing of the address: they are kept in the network that is open.
  const ENTRIES = '[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]';
  const network = () => new URLSearchParams(location.search).get("network");
  const keepNetwork = () => document.querySelectorAll(ENTRIES).forEach((entry) => {
    const href = new URL(entry.href, location.href);
    if (href.searchParams.get("network") === network()) return;
    if (network()) href.searchParams.set("network", network());
    else href.searchParams.delete("network");
    entry.href = href.pathname + href.search;
  });
  document.addEventListener("click", (event) => {
    const entry = network() && event.target.closest(ENTRIES);
    if (!entry || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit's own way would leave the network
    history.pushState({}, "", entry.href);
    dispatchEvent(new PopStateEvent("popstate"));
    closeDrawer(entry);
  }, true);

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
  const closeDrawer = (pressed) => {
    if (innerWidth > 640 || !pressed.closest('[data-testid="stSidebarNavLink"]')) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 150);
  };
  document.addEventListener("click", (event) => closeDrawer(event.target));

  // A drawing saved as it is seen: a button with data-save="svg" or "png", data-picture="selector" and data-file="name" (no tag may stand in this file: the page would drop it).
  const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "paint-order", "font-size", "font-weight", "text-anchor", "visibility", "display"];
  // What colours and lines mean stands beside a drawing on the page: signs and words in rows, to go beneath it.
  const signs = (lists, width) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "11px Arial";
    let [x, row] = [6, 0];
    return [...document.querySelectorAll(`${lists} li`)].filter((item) => item.getClientRects().length).map((item) => {
      const sign = item.querySelector('[aria-hidden="true"], .signs');
      const text = item.textContent.trim();
      const wide = pen.measureText(text).width + 20;
      if (x > 6 && x + wide > width) [x, row] = [6, row + 1];
      const mark = sign?.textContent ?? "";
      const found = { x, row, mark, colour: sign && getComputedStyle(sign).color, words: text.slice(mark.length) };
      x += wide;
      return found;
    });
  };
  const standalone = (drawing, said, lists) => {
    const copy = drawing.cloneNode(true);
    const parts = copy.querySelectorAll("*");
    drawing.querySelectorAll("*").forEach((part, place) => {
      const seen = getComputedStyle(part);
      STYLES.forEach((name) => parts[place].style.setProperty(name, seen.getPropertyValue(name)));
    });
    const [left, top, width, height] = drawing.getAttribute("viewBox").split(/\s+/).map(Number);
    const key = lists ? signs(lists, width) : [];
    const below = key.length ? 12 + 17 * (key.at(-1).row + 1) : 0;
    const foot = below + (said ? 26 : 0);
    const make = (name, attributes, words = "", within = copy, before = null) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([name, value]) => part.setAttribute(name, value));
      part.textContent = words;
      within.insertBefore(part, before);
      return part;
    };
    make("rect", { x: left, y: top, width, height, fill: "#ffffff" }, "", copy, copy.firstChild);
    if (foot) make("rect", { x: left, y: top + height, width, height: foot, fill: "#ffffff" }); // over what reaches beyond the drawing
    key.forEach(({ x, row, mark, colour, words }) => {
      const entry = make("text", { x: left + x, y: top + height + 19 + 17 * row, "font-size": 11, fill: "#1f2a33" });
      if (mark) make("tspan", { fill: colour }, mark, entry);
      make("tspan", {}, words, entry);
    });
    if (said) make("text", { x: left + 6, y: top + height + below + 17, "font-size": 11, fill: "#53606b" }, said);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", [left, top, width, height + foot].join(" "));
    copy.setAttribute("width", width);
    copy.setAttribute("height", height + foot);
    copy.style.fontFamily = '"Source Sans 3", "Source Sans", Arial, sans-serif';
    copy.querySelectorAll("a").forEach((link) => link.setAttribute("href", new URL(link.getAttribute("href"), location.href)));
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  };
  const keep = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save]");
    const drawings = button ? [...document.querySelectorAll(`${button.dataset.picture} svg`)] : [];
    const drawing = drawings.find((one) => one.getClientRects().length) ?? drawings[0]; // some are only there to be saved
    if (button && !drawing) { // not drawn yet: a drawing may come after its button
      button.dataset.tries = Number(button.dataset.tries ?? 0) + 1;
      if (button.dataset.tries < 40) setTimeout(() => button.click(), 250);
    }
    if (!drawing) return;
    delete button.dataset.tries;
    const mark = document.querySelector(".st-key-simulated aside span")?.textContent; // goes wherever the drawing goes
    const blob = standalone(drawing, [mark, button.dataset.now && document.querySelector(button.dataset.now)?.textContent, button.dataset.said].filter(Boolean).join(" "), button.dataset.legend);
    if (button.dataset.save === "svg") return keep(blob, `${button.dataset.file}.svg`);
    const image = new Image();
    image.onload = () => {
      const paper = document.createElement("canvas");
      [paper.width, paper.height] = [image.width * 2, image.height * 2];
      paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
      URL.revokeObjectURL(image.src);
      paper.toBlob((picture) => keep(picture, `${button.dataset.file}.png`), "image/png");
    };
    image.src = URL.createObjectURL(blob);
  });

  // A button with data-copy="what to say then" copies the code beneath it, else the address of the page; also where the page came over plain http.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const text = button.closest(".code")?.querySelector("pre").textContent ?? location.href;
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      const paper = document.createElement("textarea");
      paper.value = text;
      document.body.append(paper);
      paper.select();
      document.execCommand("copy");
      paper.remove();
    }
    const words = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = button.dataset.copy;
    setTimeout(() => (button.textContent = words), 2000);
  });

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; prepare(); keepNetwork(); seek(); come(); });
  }).observe(document.body, { childList: true, subtree: true });
  prepare();
  keepNetwork();
  seek();
})();
