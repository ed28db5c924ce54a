// A table of many rows: searched, sorted, turned page by page.

const PAGE_ROWS = 25;
const PRINTED_ROWS = 200;

/**
 * Fill `place` with a table.
 *
 * `columns`: {label, hint, value(row) to sort by, show(row) -> text or element, numeric, first: "descending"};
 * `rows`: all row numbers; `text(row)`: what the search looks at; `chosen(row)`: a click on a row;
 * `none`: what to say about an empty list.
 */
function makeTable(place, { caption, columns, rows, text, chosen, none, sort }) {
  let listed = rows;
  let order = sort || null;
  let page = 0;
  let perPage = PAGE_ROWS;
  let keep = () => true;
  let words = [];
  const texts = new Map();

  const heads = columns.map((column, index) => {
    const button = el("button", { type: "button", onclick: () => sortBy(index) }, column.label);
    return el("th", { scope: "col", title: column.hint, class: column.numeric && "n" }, button);
  });
  const body = el("tbody");
  const table = el("table", {}, el("caption", { class: "sr" }, caption), el("thead", {}, el("tr", {}, heads)), body);
  const empty = el("p", { class: "empty" });
  const before = el("button", { type: "button", onclick: () => turn(-1) }, "‹ Before");
  const after = el("button", { type: "button", onclick: () => turn(1) }, "Next ›");
  const where = el("span", { "aria-live": "polite" });
  place.replaceChildren(table, empty, el("div", { class: "pager" }, before, after, where));

  function sortBy(index) {
    const first = columns[index].first || "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    order = { column: index, direction: order && order.column === index && order.direction === first ? other : first };
    update();
  }

  function turn(pages) {
    page += pages;
    show();
  }

  function textOf(row) {
    if (!texts.has(row)) texts.set(row, text(row).toLowerCase());
    return texts.get(row);
  }

  function update() {
    listed = rows.filter((row) => keep(row) && words.every((word) => textOf(row).includes(word)));
    if (order) {
      const { value } = columns[order.column];
      const sign = order.direction === "ascending" ? 1 : -1;
      const values = new Map(listed.map((row) => [row, value(row)]));
      listed.sort((a, b) => {
        const [left, right] = [values.get(a), values.get(b)];
        if (typeof left === "string") return sign * left.localeCompare(right, "en", { numeric: true }) || a - b;
        return sign * (left - right) || a - b;
      });
    }
    page = 0;
    show();
  }

  function show() {
    const pages = Math.max(1, Math.ceil(listed.length / perPage));
    page = Math.min(Math.max(page, 0), pages - 1);
    const shown = listed.slice(page * perPage, (page + 1) * perPage);
    body.replaceChildren(
      ...shown.map((row) => {
        const cells = columns.map((column, index) => {
          const attributes = { class: [column.numeric && "n", column.narrow && "nowrap"].filter(Boolean).join(" ") || null };
          return index ? el("td", attributes, column.show(row)) : el("th", { scope: "row" }, column.show(row));
        });
        return el("tr", chosen ? { class: "pick-row", onclick: () => chosen(row) } : {}, cells);
      }),
    );
    heads.forEach((head, index) => {
      if (order && order.column === index) head.setAttribute("aria-sort", order.direction);
      else head.removeAttribute("aria-sort");
    });
    table.hidden = listed.length === 0;
    empty.hidden = listed.length > 0;
    empty.textContent = rows.length ? "Nothing matches." : none;
    if (rows.length && !words.length && !rows.some(keep)) empty.textContent = none;
    const [from, until] = [page * perPage + 1, page * perPage + shown.length];
    where.textContent = listed.length ? `${whole(from)} to ${whole(until)} of ${whole(listed.length)}` : "";
    before.disabled = page === 0;
    after.disabled = page >= pages - 1;
    before.hidden = after.hidden = pages === 1;
  }

  listen("themed", ({ onPaper }) => {
    perPage = onPaper ? PRINTED_ROWS : PAGE_ROWS;
    show();
  });
  update();
  return {
    search(query) {
      words = query.toLowerCase().split(/\s+/).filter(Boolean);
      update();
    },
    filter(test) {
      keep = test;
      update();
    },
  };
}
