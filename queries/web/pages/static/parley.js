// The module of all pages: suggestions while typing, the appearance without a new
// page, tooltips that go away. Everything works without it.

/** Puts the chosen appearance on this page and remembers it in a cookie. */
function appearance() {
  const form = document.querySelector("form.theme");
  form?.addEventListener("submit", (event) => {
    const to = event.submitter?.value;
    if (!["auto", "light", "dark"].includes(to)) return;
    event.preventDefault();
    if (to === "auto") {
      document.documentElement.removeAttribute("data-theme");
      document.cookie = "theme=; path=/; max-age=0; samesite=lax";
    } else {
      document.documentElement.dataset.theme = to;
      document.cookie = `theme=${to}; path=/; max-age=31536000; samesite=lax`;
    }
    for (const b of form.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b.value === to));
  });
}

/** The named questions, asked for once. */
let catalogue;
const questions = () => (catalogue ??= fetch("/v1/questions").then((r) => (r.ok ? r.json() : { questions: [] })).then((r) => r.questions));

/** Returns what a box may suggest for text: things, and in the search box questions. */
async function suggestions(input, text, signal) {
  const query = new URLSearchParams({ prefix: text, limit: 8 });
  for (const type of (input.dataset.types ?? "").split(",").filter(Boolean)) query.append("type", type);
  const answer = await fetch(`/v1/suggest?${query}`, { signal });
  const things = answer.ok ? (await answer.json()).things : [];
  const list = things.map((t) => ({ label: t.label, note: t.type.toLowerCase(), value: input.dataset.suggest === "name" ? t.label : "", href: `/things/${t.id}` }));
  if (input.dataset.suggest !== "name") {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const q of await questions()) {
      const all = `${q.name} ${q.sentence}`.toLowerCase();
      if (list.length < 12 && words.every((w) => all.includes(w))) list.push({ label: q.sentence, note: "question", href: `/questions/${q.name}` });
    }
  }
  return list;
}

/** Makes an input a combobox as the ARIA practices have it. */
export function combobox(input) {
  const box = document.createElement("ul");
  box.id = `${input.id}-suggestions`;
  box.className = "suggestions";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Suggestions");
  box.hidden = true;
  input.removeAttribute("list");
  input.after(box);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": box.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
  let at = -1, asked, timer;

  const close = () => {
    box.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    if (!option.dataset.value) return location.assign(option.dataset.href);
    input.value = option.dataset.value;
    close();
  };
  const select = (i) => {
    const options = box.children;
    at = (i + options.length) % options.length;
    for (const [j, o] of [...options].entries()) o.setAttribute("aria-selected", String(j === at));
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  const show = (list) => {
    box.replaceChildren(...list.map((s, i) => {
      const option = document.createElement("li");
      option.id = `${box.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = s.href;
      if (s.value) option.dataset.value = s.value;
      const name = document.createElement("bdi");
      name.textContent = s.label.length > 120 ? `${s.label.slice(0, 119)}…` : s.label;
      const note = document.createElement("small");
      note.textContent = ` ${s.note}`;
      option.append(name, note);
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
      option.addEventListener("click", () => choose(option));
      return option;
    }));
    at = -1;
    box.hidden = list.length === 0;
    input.setAttribute("aria-expanded", String(!box.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    asked?.abort();
    const text = input.value.trim();
    if (!text) return close();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const list = await suggestions(input, text, signal);
      if (!signal.aborted && at < 0 && document.activeElement === input) show(list); // a choice under way is left alone
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form works without suggestions
    }
  };
  input.addEventListener("input", () => {
    at = -1;
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    if (event.key === "ArrowDown") select(at + 1);
    else if (event.key === "ArrowUp") select(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(box.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

/** Leaves empty fields out of the address of a question. */
function clean(form) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const values = formData.getAll(name).filter((v) => v !== "");
      formData.delete(name);
      for (const v of values) formData.append(name, v);
    }
  });
}

/** Escape takes a tooltip away until the pointer or the focus moves on. */
function tooltips(article) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") article.classList.add("quieted");
  });
  for (const kind of ["pointerover", "focusin"]) article.addEventListener(kind, () => article.classList.remove("quieted"));
}

appearance();
for (const input of document.querySelectorAll("[data-suggest]")) combobox(input);
for (const form of document.querySelectorAll("[data-clean]")) clean(form);
for (const article of document.querySelectorAll(".article")) tooltips(article);
