// Lights up the words of the article that a reason or a hedge in a note speaks of.
"use strict";

function lightUp(links) {
  if (!globalThis.Highlight) return;
  const ranges = links.flatMap((link) => (link.dataset.at ? rangesOf(link) : chosen.marks.map(rangeAround)));
  CSS.highlights.set("words", new Highlight(...ranges));
}

function rangeAround(mark) {
  const range = new Range();
  range.selectNodeContents(mark);
  return range;
}

// The words that a link's data-at ("8-27", in code points of the sentence) speaks of: a range for each of their text nodes.
function rangesOf(link) {
  const sentence = document.querySelector(link.getAttribute("href"));
  const [start, end] = link.dataset.at.split("-").map(Number);
  const ranges = [];
  let passed = 0;
  for (const node of sentence ? textNodes(sentence) : []) {
    const points = [...node.data];
    const offset = (point) => points.slice(0, Math.max(0, point - passed)).join("").length;
    if (start < passed + points.length && end > passed) {
      const range = new Range();
      range.setStart(node, offset(start));
      range.setEnd(node, offset(end));
      ranges.push(range);
    }
    passed += points.length;
    if (passed >= end) break;
  }
  return ranges;
}

function textNodes(sentence) {
  const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".n, .panel:not(:has(#" + sentence.id + "))") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function overWords(event) {
  const item = event.target.closest?.(".finding li, .untold p");
  lightUp(item ? [...item.querySelectorAll('[data-at], a[href^="#m-"]')] : []);
}
