// The list of what is left out, and why.

function makeLeftOut() {
  const rows = [...left.label.keys()];
  const show = (task) => {
    select({ left: task });
    if (left.place[task]) byId("map-section").scrollIntoView({ behavior: "smooth" });
  };
  const prioritised = left.priority.some((priority) => priority > 0);
  const table = makeTable(byId("left-table"), {
    caption: "Tasks left out",
    columns: [
      {
        label: "Task",
        value: (task) => left.label[task],
        show: (task) => (left.place[task] ? el("button", { type: "button", class: "link", onclick: () => show(task) }, left.label[task]) : left.label[task]),
      },
      { label: "Why", value: (task) => reasonText(task), show: (task) => reasonText(task) || "the plan does not say" },
      { label: "In figures", value: (task) => left.detail[task], show: (task) => left.detail[task] || "–" },
      { label: "Window", value: (task) => left.windows[task][0]?.[1] ?? Infinity, show: (task) => windowsText(left.windows[task]) },
      ...(prioritised ? [{ label: "Priority", numeric: true, first: "descending", value: (task) => left.priority[task], show: (task) => whole(left.priority[task]) }] : []),
    ],
    rows,
    text: (task) => `${left.label[task]} ${reasonText(task)} ${left.detail[task]}`,
    none: "Nothing is left out.",
  });
  byId("left-tools").hidden = rows.length === 0;
  byId("left-find").addEventListener("input", (event) => table.search(event.target.value));
}
