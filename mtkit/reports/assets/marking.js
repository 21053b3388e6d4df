/** The selected words of a row as {run, side, start, end}, or null where the selection is not in its texts. */
function selectionIn(row) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = elementOf(range.startContainer)?.closest("[data-side]");
  const article = text?.closest("article");
  if (!text || !text.contains(range.endContainer) || (row && article.row !== row)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return {
    row: article.row,
    run: Number(text.dataset.run ?? report.runs.length - 1),
    side: text.dataset.side,
    start,
    end: start + range.toString().length,
  };
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

/**
 * Ask for category and severity. `place` says where ({run, side, start, end}; null: the whole translation),
 * `old` is the mark to change. The text can be selected again with mouse or keyboard.
 */
function openMarking(row, place, old = null) {
  const dialog = byId("marking");
  const { run, side, start, end } = place ?? { run: report.runs.length - 1, side: "target", start: 0, end: 0 };
  const text = el("textarea", { id: "mark-text", readonly: true, rows: 4, lang: "ru" });
  const which = el(
    "select",
    { id: "mark-side" },
    report.runs.map((_, number) => el("option", { value: `target-${number}` }, runLabel(number))),
    report.runs.map((_, number) =>
      el("option", { value: `source-${number}` }, isComparison ? `Source, for ${RUN_LETTER[number]}` : "Source"),
    ),
  );
  which.value = `${side}-${run}`;
  const target = () => {
    const [chosen, number] = which.value.split("-");
    return { side: chosen, run: Number(number) };
  };
  const showText = () => {
    text.value = markedText(row, target());
    text.lang = target().side === "source" ? row.lang : "ru";
  };
  showText();
  which.addEventListener("change", showText);
  const category = el(
    "select",
    { id: "mark-category", required: true },
    Object.entries(MQM_CATEGORIES).map(([group, names]) =>
      el(
        "optgroup",
        { label: group },
        el("option", { value: group }, group),
        names.map((name) => el("option", { value: `${group}/${name}` }, name)),
      ),
    ),
  );
  category.value = old?.category ?? storage.get("mtkit-mqm-category") ?? "Accuracy/Mistranslation";
  const severity = (name) =>
    el(
      "label",
      { class: "choice" },
      el("input", { type: "radio", name: "severity", value: name, checked: name === (old?.severity ?? "minor") }),
      ` ${name} `,
      el("span", { class: "muted" }, String(MQM_WEIGHTS[name])),
    );
  const note = el("input", { type: "text", id: "mark-note", value: old?.note ?? "", maxlength: 500 });
  const save = (event) => {
    event.preventDefault();
    const mark = {
      ...target(),
      start: text.selectionStart,
      end: text.selectionEnd,
      category: category.value,
      severity: form.elements.severity.value,
      note: note.value.trim(),
    };
    storage.set("mtkit-mqm-category", category.value);
    const marks = marksOf(row);
    dialog.close();
    setMarks(row, old ? marks.map((each) => (each === old ? mark : each)) : [...marks, mark]);
    announce(`Marked: ${mark.severity}, ${mark.category}.`);
  };
  const form = el(
    "form",
    { onsubmit: save },
    el("h2", { id: "marking-title" }, `Mark an error in segment ${row.index + 1}`),
    el("label", { for: "mark-side" }, "Text"),
    which,
    el("label", { for: "mark-text" }, "Select the words; nothing selected means the whole segment"),
    text,
    el("fieldset", {}, el("legend", {}, "Severity and its weight"), Object.keys(MQM_WEIGHTS).map(severity)),
    el("label", { for: "mark-category" }, "Category"),
    category,
    el("label", { for: "mark-note" }, "Note"),
    note,
    el(
      "p",
      { class: "buttons" },
      el("button", { type: "submit", class: "primary" }, "Save"),
      el("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
    ),
  );
  dialog.replaceChildren(form);
  dialog.showModal();
  text.focus();
  text.setSelectionRange(start, end);
}

/** Offer to mark wherever words of a text are selected. */
function followSelection() {
  const button = byId("mark-selection");
  document.addEventListener("selectionchange", () => {
    const place = byId("marking").open ? null : selectionIn(null);
    button.hidden = !place;
    if (!place) return;
    const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.min(window.innerWidth - 140, Math.max(8, box.left))}px`;
    button.style.top = `${Math.min(window.innerHeight - 44, box.bottom + 6)}px`;
  });
  window.addEventListener("scroll", () => (button.hidden = true), { passive: true });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const place = selectionIn(null);
    if (place) openMarking(place.row, place);
  });
}
