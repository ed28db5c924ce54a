// Runs in the head, before anything is painted: light or dark as the reader's system says; always light on paper.
(function () {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function apply(onPaper) {
    document.documentElement.dataset.theme = dark.matches && !onPaper ? "dark" : "light";
    document.dispatchEvent(new CustomEvent("themed", { detail: { onPaper } }));
  }
  dark.addEventListener("change", () => apply(false));
  addEventListener("beforeprint", () => apply(true));
  addEventListener("afterprint", () => apply(false));
  apply(false);
})();
