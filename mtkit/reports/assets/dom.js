/** Create an element; strings among the children become text, never markup. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

function plural(count, word) {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

function announce(message) {
  byId("announcement").textContent = message;
}

/** localStorage, or nothing where the browser denies it to files. */
const storage = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};

/**
 * Text with layers over it. A layer is {start, end, class, title, hit}, in UTF-16 units; where layers overlap
 * the words carry the classes of all of them. The text content of the result is `text` itself.
 */
function annotated(text, layers) {
  const cuts = new Set([0, text.length]);
  for (const layer of layers) cuts.add(layer.start).add(layer.end);
  const points = [...cuts].filter((point) => point >= 0 && point <= text.length).sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [start, end] = [points[i], points[i + 1]];
    const over = layers.filter((layer) => layer.start <= start && layer.end >= end && layer.start < layer.end);
    const words = text.slice(start, end);
    if (!over.length) {
      pieces.push(words);
      continue;
    }
    const titles = [...new Set(over.map((layer) => layer.title).filter(Boolean))];
    const hit = over.find((layer) => layer.hit !== undefined);
    const isFound = over.some((layer) => layer.class === "found");
    pieces.push(
      el(
        isFound ? "mark" : "span",
        {
          class: [...new Set(over.map((layer) => layer.class))].join(" "),
          title: titles.join("\n") || null,
          "data-hit": hit ? hit.hit : null,
        },
        words,
      ),
    );
  }
  return pieces;
}
