// The module of all pages: suggestions while typing, and the appearance without
// a new page. Everything works without it.

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

appearance();
