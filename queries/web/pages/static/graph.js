// The module of the graph view: zoom, moving about, keys, pins, and new views
// without a new page. The address always says what is shown; without this module
// the same links and the same form lead there.

import { combobox } from "./parley.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const page = document.getElementById("graph");
const view = { x: 0, y: 0, w: 1, h: 1 }; // what part of the drawing the sheet shows
let shown = location.search;
let svg, sheet, whole, current; // current: the link in the drawing that Tab leads to

const links = () => [...svg.querySelectorAll("a:not(.out)")];
const isThing = (a) => a?.classList.contains("n");
const query = () => new URLSearchParams(location.search);
const say = (text) => { page.querySelector("#said").textContent = text; };

/** Where the middle of a link of the drawing is, in its units. */
function place(a) {
  if (isThing(a)) {
    const { e, f } = a.transform.baseVal.consolidate().matrix;
    return { x: e, y: f };
  }
  const text = a.querySelector("text");
  if (text) return { x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")) };
  const box = a.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/* Zoom and movement */

function show() {
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
}

/** Shows the whole drawing; a small one not larger than it is. */
function fit() {
  const scale = Math.max(whole.width / sheet.clientWidth, whole.height / sheet.clientHeight, 1);
  view.w = sheet.clientWidth * scale;
  view.h = sheet.clientHeight * scale;
  view.x = whole.x + (whole.width - view.w) / 2;
  view.y = whole.y + (whole.height - view.h) / 2;
  show();
}

/** Shows the whole drawing if that can be read, else what is around the middle of it. */
function begin() {
  const scale = Math.max(whole.width / sheet.clientWidth, whole.height / sheet.clientHeight);
  const a = svg.querySelector(".asked") ?? svg.querySelector(".n");
  fit();
  if (scale < 1.5) return;
  const { x, y } = place(a);
  view.w = sheet.clientWidth * 1.2;
  view.h = sheet.clientHeight * 1.2;
  const within = (at, size, from, long) => Math.min(Math.max(at, from), from + Math.max(long - size, 0)); // show no more of nothing than need be
  view.x = within(x - view.w / 2, view.w, whole.x, whole.width);
  view.y = within(y - view.h / 2, view.h, whole.y, whole.height);
  show();
}

/** Zooms by a factor around a point of the sheet, by default its middle. */
function zoom(factor, px = sheet.clientWidth / 2, py = sheet.clientHeight / 2) {
  const scale = view.w / sheet.clientWidth;
  const next = Math.min(Math.max(scale / factor, 0.25), Math.max(whole.width, whole.height) / 100, 20);
  view.x += px * (scale - next);
  view.y += py * (scale - next);
  view.w = sheet.clientWidth * next;
  view.h = sheet.clientHeight * next;
  show();
}

/** Moves what is shown so that a link is well within the sheet. */
function reveal(a) {
  const { x, y } = place(a);
  const dx = view.w / 8, dy = view.h / 8;
  view.x = Math.min(Math.max(view.x, x + dx - view.w), x - dx);
  view.y = Math.min(Math.max(view.y, y + dy - view.h), y - dy);
  show();
}

/* Focus: one link of the drawing at a time can be reached by Tab. */

function choose(a, focus = true, mark = focus) {
  if (!a) return;
  current?.setAttribute("tabindex", "-1");
  current = a;
  a.setAttribute("tabindex", "0");
  for (const el of page.querySelectorAll(".near")) el.classList.remove("near");
  if (!mark) {
    // only what is looked at stands out
  } else if (isThing(a)) {
    const number = a.id.slice(1);
    for (const e of svg.querySelectorAll(`.e[data-from="${number}"], .e[data-to="${number}"]`)) e.classList.add("near");
  } else {
    page.querySelector(a.getAttribute("href"))?.classList.add("near");
  }
  tools();
  if (focus) {
    reveal(a);
    a.focus({ preventScroll: true });
  }
}

/** The buttons that are about a thing, for the one that is chosen. */
function tools() {
  for (const b of page.querySelectorAll(".tools [data-do]")) {
    if (["open", "pin", "from", "to"].includes(b.dataset.do)) b.disabled = !isThing(current);
    if (b.dataset.do === "pin") b.setAttribute("aria-pressed", String(Boolean(current?.classList.contains("pinned"))));
  }
}

/** The link that is nearest in a direction: straight on counts for more. */
function towards(from, dx, dy) {
  const here = place(from);
  let best = null, least = Infinity;
  for (const a of links()) {
    if (a === from) continue;
    const there = place(a);
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (along <= 1) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [a, cost];
  }
  return best;
}

/* New views */

let asked; // the request under way

/** Shows the view at an address, without a new page. */
async function go(address, { push = true, keep = current?.dataset.id, words = "" } = {}) {
  asked?.abort();
  asked = new AbortController();
  page.setAttribute("aria-busy", "true");
  let next;
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
    next = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  const fresh = next.getElementById("graph");
  if (!fresh) {
    location.assign(address); // an error, which is a page of its own
    return;
  }
  const had = new Map(svg ? [...svg.querySelectorAll(".n")].map((a) => [a.dataset.id, place(a)]) : []);
  const focused = svg?.contains(document.activeElement);
  const open = page.querySelector(".graphform details")?.open;
  page.replaceChildren(...fresh.childNodes);
  page.removeAttribute("aria-busy");
  document.title = next.title;
  if (push) history.pushState(null, "", address);
  shown = location.search;
  const details = page.querySelector(".graphform details");
  if (details && open) details.open = true;
  for (const input of page.querySelectorAll("[data-suggest]")) combobox(input);
  start(false);
  if (!svg) return;
  move(had);
  const same = [...svg.querySelectorAll(".n")].find((a) => a.dataset.id === keep);
  choose(same ?? svg.querySelector(".asked") ?? svg.querySelector(".n"), focused);
  say(`${words} ${page.querySelector("#links + p")?.textContent ?? ""}`);
}

/** Lets things glide from where they were to where they are. */
function move(had) {
  if (still.matches) return;
  for (const a of svg.querySelectorAll(".n")) {
    const was = had.get(a.dataset.id);
    const is = place(a);
    if (was && Math.hypot(was.x - is.x, was.y - is.y) < 4000) {
      a.animate([{ transform: `translate(${was.x}px, ${was.y}px)` }, { transform: `translate(${is.x}px, ${is.y}px)` }], { duration: 350, easing: "ease-out" });
    } else {
      a.animate([{ opacity: 0 }, { opacity: 1 }], 350);
    }
  }
}

const withQuery = (q) => `/graph?${q}`;

/** Pins a thing at a place, or lets it go. */
function pin(a, at) {
  const q = query();
  const others = q.getAll("pin").filter((p) => !p.startsWith(`${a.dataset.id}@`));
  q.delete("pin");
  for (const p of others) q.append("pin", p);
  if (at) q.append("pin", `${a.dataset.id}@${Math.round(at.x)},${Math.round(at.y)}`);
  return go(withQuery(q), { keep: a.dataset.id, words: at ? "Pinned." : "Let go." });
}

const togglePin = (a) => pin(a, a.classList.contains("pinned") ? null : place(a));

/** Makes a thing one end of a path; with both ends the path is shown. */
function end(which, a) {
  const field = page.querySelector(`#${which}`);
  field.value = a.dataset.id;
  const other = page.querySelector(which === "from" ? "#to" : "#from");
  if (!other.value) {
    say(`Path ${which} here: now choose the other end.`);
    return;
  }
  const q = new URLSearchParams({ from: page.querySelector("#from").value, to: page.querySelector("#to").value });
  go(withQuery(q), { keep: a.dataset.id });
}

function keys() {
  const list = page.querySelector("#keys");
  list.hidden = !list.hidden;
  page.querySelector("[data-do=keys]").setAttribute("aria-expanded", String(!list.hidden));
}

const actions = {
  in: () => zoom(1.3),
  out: () => zoom(1 / 1.3),
  fit,
  keys,
  open: () => location.assign(current.dataset.page),
  pin: () => togglePin(current),
  from: () => end("from", current),
  to: () => end("to", current),
};

/* Keyboard */

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let nudge; // moves a thing on once no more arrows come

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const a = event.target.closest("a") ?? current;
  const arrow = arrows[event.key];
  const letters = { "+": "in", "=": "in", "-": "out", 0: "fit", "?": "keys", o: "open", p: "pin", f: "from", t: "to" };
  if (arrow && event.shiftKey && isThing(a)) {
    const at = place(a);
    a.setAttribute("transform", `translate(${at.x + 20 * arrow[0]} ${at.y + 20 * arrow[1]})`);
    clearTimeout(nudge);
    nudge = setTimeout(() => pin(a, place(a)), 500);
  } else if (arrow) {
    choose(a === current && svg.contains(document.activeElement) ? towards(a, ...arrow) : current);
  } else if (event.key === "Home") {
    choose(svg.querySelector(".asked") ?? svg.querySelector(".n"));
  } else if (letters[event.key]) {
    const what = letters[event.key];
    if (["open", "pin", "from", "to"].includes(what) && !isThing(current)) return;
    actions[what]();
  } else {
    return;
  }
  event.preventDefault();
}

/* Mouse and touch */

const fingers = new Map();
let drag = null; // { a, x, y, moved }

function down(event) {
  if (event.button > 0) return;
  const a = event.target.closest?.("a");
  fingers.set(event.pointerId, event);
  drag = { a: isThing(a) ? a : null, x: event.clientX, y: event.clientY, moved: false };
}

function dragged(event) {
  if (!fingers.has(event.pointerId) || !drag) return;
  const scale = view.w / sheet.clientWidth;
  const before = fingers.get(event.pointerId);
  const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
  if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
  if (!drag.moved) sheet.setPointerCapture(event.pointerId);
  drag.moved = true;
  if (fingers.size === 2) {
    const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
    const far = (p) => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY);
    const box = sheet.getBoundingClientRect();
    zoom(far(event) / Math.max(far(before), 1), (event.clientX + other.clientX) / 2 - box.x, (event.clientY + other.clientY) / 2 - box.y);
  } else if (drag.a) {
    const at = place(drag.a);
    drag.a.setAttribute("transform", `translate(${at.x + dx * scale} ${at.y + dy * scale})`);
  } else {
    view.x -= dx * scale;
    view.y -= dy * scale;
    show();
  }
  fingers.set(event.pointerId, event);
}

function up(event) {
  fingers.delete(event.pointerId);
  if (fingers.size > 0 || !drag) return;
  const { a, moved } = drag;
  drag = null;
  if (moved) { // the click that ends it is none
    const stop = (e) => { e.preventDefault(); e.stopPropagation(); };
    sheet.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => sheet.removeEventListener("click", stop, { capture: true }), 50);
  }
  if (moved && a) pin(a, place(a));
}

function click(event) {
  const a = event.target.closest("a");
  if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  const href = a.getAttribute("href");
  if (svg?.contains(a)) choose(a, isThing(a));
  if (!href.startsWith("/graph?")) return;
  event.preventDefault();
  go(href);
}

function wheel(event) {
  if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
  event.preventDefault();
  const box = sheet.getBoundingClientRect();
  zoom(Math.exp(-event.deltaY / 300), event.clientX - box.x, event.clientY - box.y);
}

/* The period: two sliders beside the fields, which they fill. */

function sliders() {
  const since = page.querySelector("#since"), until = page.querySelector("#until");
  if (!since) return;
  const first = Number(since.dataset.first), last = Number(until.dataset.last);
  const box = page.querySelector(".slider");
  if (first >= last) return;
  const both = [["from", since, first], ["to", until, last]].map(([name, field, free]) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "range", min: first, max: last, step: 1 });
    input.value = field.value.slice(0, 4) || free;
    input.setAttribute("aria-label", `Period ${name}, year`);
    const figure = document.createElement("output");
    figure.textContent = input.value;
    label.append(input, figure);
    box.append(label);
    return { input, figure, field, free };
  });
  const [from, to] = both;
  for (const side of both) {
    side.input.addEventListener("input", () => {
      if (Number(from.input.value) > Number(to.input.value)) (side === from ? to : from).input.value = side.input.value;
      for (const s of both) {
        s.figure.textContent = s.input.value;
        s.field.value = Number(s.input.value) === s.free ? "" : s.input.value;
      }
      within(from.field.value, to.field.value);
    });
    side.input.addEventListener("change", () => {
      const q = query();
      for (const s of both) {
        if (s.field.value) q.set(s.field.name, s.field.value);
        else q.delete(s.field.name);
      }
      history.replaceState(null, "", withQuery(q));
      shown = location.search;
    });
  }
}

/** Hides the links that were at no time within a period, and things with no other. */
function within(since, until) {
  const from = Number(since || -Infinity), to = Number(until || Infinity);
  const busy = new Set();
  let shown = 0;
  for (const e of svg.querySelectorAll(".e")) {
    const isIn = !since && !until || e.dataset.years.split(" ").filter(Boolean).some((span) => {
      const [a, b] = span.split("-").map(Number);
      return a <= to && b >= from;
    });
    e.classList.toggle("out", !isIn);
    page.querySelector(e.getAttribute("href"))?.classList.toggle("out", !isIn);
    if (isIn) {
      shown++;
      busy.add(e.dataset.from).add(e.dataset.to);
    }
  }
  for (const n of svg.querySelectorAll(".n")) {
    n.classList.toggle("out", Boolean(since || until) && !busy.has(n.id.slice(1)) && !n.classList.contains("asked"));
  }
  say(`${shown} links ${since ? `from ${since} ` : ""}${until ? `to ${until}` : ""}`);
}

/* Beginning */

function submit(event) {
  event.preventDefault();
  const q = new URLSearchParams();
  for (const [name, value] of new FormData(event.target)) if (value !== "") q.append(name, value);
  go(withQuery(q));
}

/** Makes what the page shows alive; once for each view. */
function start(first = true) {
  svg = page.querySelector("svg.drawing");
  sheet = page.querySelector(".sheet");
  page.querySelector(".graphform")?.addEventListener("submit", submit);
  if (!svg) return;
  page.classList.add("live");
  whole = svg.viewBox.baseVal;
  whole = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  sheet.removeAttribute("tabindex"); // it does not scroll any more
  for (const a of svg.querySelectorAll("a")) a.setAttribute("tabindex", "-1");
  begin();
  sliders();
  current = null;
  if (first) choose(svg.querySelector(".asked") ?? svg.querySelector(".n"), false);
  sheet.addEventListener("keydown", press); // at the svg itself these would make it a stop of Tab
  sheet.addEventListener("focusin", (event) => { if (event.target !== current && event.target.closest("a")) choose(event.target.closest("a"), false, true); });
  sheet.addEventListener("pointerdown", down);
  sheet.addEventListener("pointermove", dragged);
  sheet.addEventListener("pointerup", up);
  sheet.addEventListener("pointercancel", up);
  sheet.addEventListener("wheel", wheel, { passive: false });
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  page.querySelector(".tools").addEventListener("click", (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what) actions[what]();
  });
}

page.addEventListener("click", click);
addEventListener("popstate", () => {
  if (location.search !== shown) go(location.href, { push: false }); // else it led to a row of the table
});
start();
