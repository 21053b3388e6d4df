const controls = {};
let isKeyboardOn = storage.get("mtkit-keyboard") ?? true;

function option(value, label) {
  return el("option", { value }, label);
}

function field(name, label, control) {
  control.id = `filter-${name}`;
  controls[name] = control;
  control.addEventListener(control.type === "search" ? "input" : "change", () => {
    query[name] = control.value;
    control.type === "search" ? updateSoon() : update();
  });
  return el("p", { class: "field" }, el("label", { for: control.id }, label), control);
}

function choice(name, label, any, entries) {
  return field(name, label, el("select", {}, option("", any), entries.map(([value, text]) => option(value, text))));
}

function buildFilters() {
  const checks = [...new Set(report.rows.flatMap((row) => row.findings.map((finding) => finding.check)))].sort();
  const rowsWith = (check) => report.rows.filter((row) => row.findings.some((finding) => finding.check === check)).length;
  const sort = field("sort", "Sort", el("select", {}, Object.entries(ORDERS).map(([name, order]) => option(name, order.label))));
  byId("filters").append(
    field("text", el("span", {}, "Search ", el("kbd", {}, "/")), el("input", { type: "search", placeholder: "Any text", spellcheck: "false", "aria-keyshortcuts": "/" })),
    sort,
    report.documents.length > 1
      ? choice("document", "Document", "All documents", report.documents.map((_, number) => [number, documentName(number)]))
      : "",
    checks.length
      ? el(
          "fieldset",
          { class: "field" },
          el("legend", {}, "Checks"),
          checks.map((check) =>
            el(
              "label",
              { class: "choice" },
              el("input", { type: "checkbox", name: "check", value: check, onchange: readChecks }),
              ` ${check}`,
              el("span", { class: "muted" }, String(rowsWith(check))),
            ),
          ),
        )
      : "",
    checks.length ? choice("severity", "Severity", "Any severity", SEVERITIES.map((each) => [each, each])) : "",
    ...termFields(),
    isComparison ? choice("outcome", "B against A", "All segments", labelled(OUTCOMES)) : "",
    choice("review", "Review", "All segments", labelled(REVIEWS)),
    el("p", { id: "range", class: "field", hidden: true }),
    el("p", { class: "field" }, el("button", { type: "button", id: "clear", onclick: clearFilters }, "Clear filters")),
    viewFields(),
    reviewPanel(),
  );
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
}

function labelled(table) {
  return Object.entries(table).map(([value, { label }]) => [value, label]);
}

function termFields() {
  const counts = new Map();
  for (const hit of report.rows.flatMap((row) => row.hyps.at(-1).hits)) {
    const count = counts.get(hit.concept) ?? { held: 0, all: 0 };
    counts.set(hit.concept, { held: count.held + (hit.state === "held"), all: count.all + 1 });
  }
  if (!counts.size) return [];
  const entries = [...counts]
    .sort(([a], [b]) => report.concepts[a].term.localeCompare(report.concepts[b].term, "vi"))
    .map(([id, { held, all }]) => [id, `${conceptLabel(id)} (${held}/${all})`]);
  return [
    choice("concept", "Term or name", "All terms and names", entries),
    choice("state", "State of the term", "Any state", STATES.map((state) => [state, STATE_LABEL[state]])),
  ];
}

function viewFields() {
  const modes = [["off", "Off"]];
  if (isComparison) modes.unshift(["runs", "Between A and B"]);
  if (report.references) modes.unshift(["reference", "To the reference"]);
  const difference = el("select", { id: "view-difference" }, modes.map(([value, label]) => option(value, label)));
  difference.value = view.difference;
  difference.addEventListener("change", () => setDifference(difference.value));
  controls.difference = difference;
  const toggle = (name, label, key) => {
    const box = el("input", { type: "checkbox", checked: true, onchange: () => document.body.classList.toggle(`hide-${name}`, !box.checked) });
    controls[`show-${name}`] = box;
    return el("label", { class: "choice" }, box, ` ${label} `, el("kbd", {}, key));
  };
  return el(
    "fieldset",
    { class: "field" },
    el("legend", {}, "Show in the text"),
    toggle("terms", "Terms and names", "t"),
    toggle("findings", "Findings", "f"),
    modes.length > 1 ? [el("label", { for: "view-difference" }, "Word differences ", el("kbd", {}, "d")), difference] : null,
  );
}

function setDifference(mode) {
  view.difference = mode;
  controls.difference.value = mode;
  list.refreshAll();
  renderLegend();
}

function reviewPanel() {
  return el(
    "fieldset",
    { class: "field" },
    el("legend", {}, "MQM review"),
    el("p", { id: "review-total", class: "small" }),
    el(
      "p",
      { class: "buttons" },
      el("button", { type: "button", id: "export-json", onclick: () => download("review.mqm.json", "application/json", `${JSON.stringify(reviewExport(), null, 1)}\n`) }, "Export JSON"),
      el("button", { type: "button", id: "export-tsv", onclick: () => download("review.mqm.tsv", "text/tab-separated-values", reviewTsv()) }, "Export TSV"),
    ),
    el("p", { class: "buttons" }, el("button", { type: "button", onclick: () => byId("import-json").click() }, "Import JSON…")),
    el("input", { type: "file", id: "import-json", accept: ".json,application/json", hidden: true, "aria-label": "Exported marks", onchange: readReview }),
    el("p", { id: "import-result", class: "small", role: "status" }),
    el("button", { type: "button", id: "forget", class: "link", onclick: () => confirm("Remove all marks of this report?") && forgetReview() }, "Remove all marks"),
  );
}

async function readReview({ target: input }) {
  const [file] = input.files;
  if (!file) return;
  let told;
  try {
    const { segments, marks, strange } = importReview(await file.text());
    told = `${file.name}: ${plural(marks, "mark")} in ${plural(segments, "segment")} taken over`;
    if (strange) told += `; ${plural(strange, "segment")} of other translations left out`;
  } catch (error) {
    told = `${file.name} cannot be imported: ${error.message}`;
  }
  byId("import-result").textContent = `${told}.`;
  input.value = "";
}

function showReviewTotal() {
  const totals = reviewTotals();
  const lines = totals.map(({ penalty, words }, run) => {
    const score = words ? (100 * (1 - penalty / words)).toFixed(1) : "–";
    return `${isComparison ? `${RUN_LETTER[run]}: ` : ""}penalty ${penalty}, MQM ${score}`;
  });
  const warning = isReviewKept ? "" : " This browser keeps nothing for files: export before you close the page.";
  byId("review-total").textContent = totals[0].segments
    ? `${plural(totals[0].segments, "segment")} reviewed; ${lines.join("; ")}.${warning}`
    : `Select words and press m. Marks stay in this browser.${warning}`;
  for (const id of ["export-json", "export-tsv", "forget"]) byId(id).disabled = !totals[0].segments;
}

function readChecks() {
  query.checks = [...byId("filters").querySelectorAll("[name=check]:checked")].map((box) => box.value);
  update();
}

function clearFilters() {
  Object.assign(query, NO_QUERY, { checks: [] });
  for (const box of byId("filters").querySelectorAll("[name=check]")) box.checked = false;
  for (const name of Object.keys(NO_QUERY)) if (controls[name]) controls[name].value = "";
  update();
}

/** Narrow the list from a chart: by a check (again: no longer), or by a range of values. */
function pick({ check, range }) {
  if (check) {
    const box = [...byId("filters").querySelectorAll("[name=check]")].find((each) => each.value === check);
    box.checked = !box.checked;
    readChecks();
  } else {
    query.range = range;
    update();
  }
  byId("segments").scrollIntoView();
}

function update() {
  const started = performance.now();
  const rows = selectRows();
  list.show(rows);
  if (byId("list").getBoundingClientRect().top < 0) byId("segments").scrollIntoView();
  byId("count").textContent = `${rows.length.toLocaleString("en")} of ${plural(report.rows.length, "segment")}`;
  if (!rows.length) {
    byId("list").append(
      el("p", { class: "empty" }, "No segment matches. ", el("button", { type: "button", onclick: clearFilters }, "Clear filters")),
    );
  }
  for (const line of document.querySelectorAll(".check-line")) {
    line.setAttribute("aria-pressed", String(query.checks.includes(line.dataset.check)));
  }
  showRange();
  document.body.dataset.updateMilliseconds = String(Math.round(performance.now() - started));
}

function showRange() {
  const { range } = query;
  byId("range").hidden = !range;
  if (!range) return;
  const shown = (value) => String(Math.round(value * 100) / 100).replace("-", "−");
  const words =
    range.low === -Infinity
      ? `under ${shown(range.high)}`
      : range.high === Infinity
        ? `${shown(range.low)} and more`
        : `${shown(range.low)} to ${shown(range.high)}`;
  byId("range").replaceChildren(
    `${range.label}: ${words} `,
    el("button", { type: "button", class: "link", onclick: () => ((query.range = null), update()) }, "Remove"),
  );
}

let waiting = 0;
function updateSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(update, 120);
}

function renderLegend() {
  const sample = (kind, label) => el("span", { class: kind }, label);
  byId("legend").replaceChildren(
    ...[
      sample("term held", "held"),
      sample("term failed", "missing"),
      sample("term forbidden", "forbidden"),
      sample("finding error", "finding"),
      view.difference === "off" ? null : sample("only-left", view.difference === "runs" ? "only in A" : "not in the reference"),
      view.difference === "off" ? null : sample("only-right", view.difference === "runs" ? "only in B" : "only in the reference"),
    ].filter(Boolean),
  );
}

const KEYS = {
  j: ["next segment", () => list.go(list.current + 1)],
  k: ["previous segment", () => list.go(list.current - 1)],
  "/": ["search", () => (byId("panel").setAttribute("open", ""), controls.text.focus(), controls.text.select())],
  m: ["mark an error in the selected words, or in the current segment", markHere],
  r: ["current segment reviewed, or not", () => list.currentRow && setReviewed(list.currentRow, !isReviewed(list.currentRow))],
  d: ["word differences: next kind", nextDifference],
  t: ["show or hide terms and names", () => controls["show-terms"].click()],
  f: ["show or hide findings", () => controls["show-findings"].click()],
  "?": ["this help", openHelp],
};

function markHere() {
  const place = selectionIn(null);
  const row = place?.row ?? list.currentRow;
  if (row) openMarking(row, place);
  else announce("Go to a segment first, with j.");
}

function nextDifference() {
  const modes = [...controls.difference.options].map((each) => each.value);
  setDifference(modes[(modes.indexOf(view.difference) + 1) % modes.length]);
}

function followKeys() {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
    if (event.key === "Escape" && isTyping && !document.querySelector("dialog[open]")) {
      isTyping.blur();
      return;
    }
    if (!isKeyboardOn || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key][1]();
  });
}

function openHelp() {
  const dialog = byId("help");
  const box = el("input", {
    type: "checkbox",
    checked: isKeyboardOn,
    onchange: () => {
      isKeyboardOn = box.checked;
      storage.set("mtkit-keyboard", isKeyboardOn);
    },
  });
  dialog.replaceChildren(
    el("h2", { id: "help-title" }, "Keyboard"),
    el("dl", { class: "keys" }, Object.entries(KEYS).flatMap(([key, [label]]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, label)])),
    el("label", { class: "choice" }, box, " Single keys are shortcuts"),
    el("p", { class: "buttons" }, el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close")),
  );
  dialog.showModal();
}

function followTheme() {
  const select = byId("theme");
  const apply = (theme) => (theme ? (document.documentElement.dataset.theme = theme) : delete document.documentElement.dataset.theme);
  select.value = storage.get("mtkit-theme") ?? "";
  apply(select.value);
  select.addEventListener("change", () => {
    storage.set("mtkit-theme", select.value);
    apply(select.value);
  });
}

/** A term and its rendering light up together. */
function linkHits() {
  const light = (event, isOn) => {
    const hit = event.target.closest?.("[data-hit]");
    for (const each of hit?.closest("article")?.querySelectorAll(`[data-hit="${hit.dataset.hit}"]`) ?? []) {
      each.classList.toggle("linked", isOn);
    }
  };
  byId("list").addEventListener("pointerover", (event) => light(event, true));
  byId("list").addEventListener("pointerout", (event) => light(event, false));
  byId("list").addEventListener("focusin", (event) => list.select(event.target.closest("article")?.row));
  byId("list").addEventListener("click", (event) => list.select(event.target.closest("article")?.row));
}

function describe() {
  byId("title").textContent = report.title;
  const parts = report.runs.map(({ engine, termbase, settings }, run) =>
    [
      isComparison ? `${RUN_LETTER[run]}:` : "",
      [engine.engine, engine.model, engine.model_hash?.slice(0, 8)].filter(Boolean).join(" "),
      settings.beam ? `· beam ${settings.beam}` : "",
      termbase ? `· termbase ${termbase.slice(0, 8)}` : "· no termbase",
    ]
      .filter(Boolean)
      .join(" "),
  );
  byId("provenance").textContent = `${parts.join(" — ")} · mtkit ${report.mtkit}`;
}

function start() {
  describe();
  renderOverview(pick);
  buildFilters();
  followTheme();
  followKeys();
  followSelection();
  linkHits();
  renderLegend();
  showReviewTotal();
  update();
  byId("help-button").addEventListener("click", openHelp);
  if (matchMedia("(max-width: 60rem)").matches) byId("panel").removeAttribute("open");
  document.addEventListener("reviewchange", ({ detail: row }) => {
    row ? list.refresh(row) : list.refreshAll();
    showReviewTotal();
  });
  window.addEventListener("beforeprint", () => {
    for (const more of document.querySelectorAll(".more")) more.open = true;
    list.renderAll();
  });
  window.addEventListener("afterprint", () => list.renderNear());
}

start();
