// Puts the page together.

makeDetail();
makeMap();
makeRows();
makeLeftOut();
requestAnimationFrame(() =>
  setTimeout(() => {
    performance.mark("drawn");
    document.documentElement.dataset.ready = "true";
  }, 0),
);
