// Puts the page together: map and lists first, charts when those are on the screen.

makeDetails();
makeOrderTable();
makeStoreTable();
makeReplay(makeMap());
makeTimelines();
requestAnimationFrame(() =>
  setTimeout(() => {
    makeCharts();
    document.documentElement.dataset.ready = "true";
  }, 0),
);
