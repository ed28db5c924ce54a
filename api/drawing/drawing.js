// Puts the page together.

makeDetail();
makeMap();
makeRows();
makeLeftOut();
requestAnimationFrame(() =>
  setTimeout(() => {
    document.documentElement.dataset.ready = "true";
  }, 0),
);
