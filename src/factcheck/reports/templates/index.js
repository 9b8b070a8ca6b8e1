// Sorting by any column, and the progress of decisions that the reports keep in this browser.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("#articles thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(head, column));
  });
});

// Also when a browser shows this page again as it was left, and when a report open beside it decides something.
for (const event of ["pageshow", "storage"]) {
  addEventListener(event, () => document.querySelectorAll("[data-key]").forEach(showProgress));
}

function showProgress(cell) {
  try {
    const { done, total } = JSON.parse(localStorage.getItem(cell.dataset.key)) ?? {};
    if (!total) return;
    cell.textContent = `${done} of ${total}`;
    cell.dataset.value = done / total;
  } catch {
    // A browser that keeps nothing, or keeps something else under this name: the cell stays as it is.
  }
}

function sortBy(head, column) {
  const first = head.dataset.first === "down" ? "descending" : "ascending";
  const second = first === "descending" ? "ascending" : "descending";
  const order = head.getAttribute("aria-sort") === first ? second : first;
  for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const rows = [...document.querySelectorAll("#articles tbody tr")];
  const value = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
  const sign = order === "ascending" ? 1 : -1;
  rows.sort((a, b) => sign * collate(value(a), value(b)));
  document.querySelector("#articles tbody").append(...rows);
  document.getElementById("status").textContent = `Sorted by ${head.textContent}, ${order}`;
}

function collate(a, b) {
  const [x, y] = [a, b].map((text) => (text === "–" ? 0 : Number(text)));
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
}
