const view = { difference: report.references ? "reference" : isComparison ? "runs" : "off" };
const UNUSUAL_SPACE = /\s\s|^\s|\s$|[\n\t]/;
const LONG_ROW = 450;
const SEVERITY_SIGN = { error: "✕", warning: "!", info: "i" };

/** One row of the list as an article; `position` counts from 1 among `total` rows shown. */
function renderSegment(row, position, total) {
  const changes = rowDifferences(row);
  const source = side("Source", row.lang, row.src, sourceLayers(row), { "data-side": "source" });
  const hypotheses = row.hyps.flatMap((hyp, run) => [
    side(runLabel(run), "ru", hyp.text, targetLayers(row, run, changes.hyps[run]), { "data-side": "target", "data-run": run }),
    ...(hyp.draft === null ? [] : [draftSide(hyp, run)]),
  ]);
  const references = row.refs.map((text, number) =>
    side(
      row.refs.length > 1 ? `Reference ${number + 1}` : "Reference",
      "ru",
      text,
      [...layersOf(changes.refs[number], "only-right", "not in the translation"), ...foundLayers(text)],
      { class: "reference" },
    ),
  );
  const sides = isComparison ? [source, ...references, ...hypotheses] : [source, ...hypotheses, ...references];
  const line = row.src ? `line ${row.id}` : "added by hand";
  const place = `${report.documents.length > 1 ? `${documentName(row.doc)} · ` : ""}${line}`;
  const article = el(
    "article",
    {
      class: ["segment", isReviewed(row) && "reviewed", isLong(row) && "long"].filter(Boolean).join(" "),
      id: `row-${row.index}`,
      tabindex: "-1",
      "aria-label": `Segment ${row.index + 1}, ${place}`,
      "aria-posinset": position,
      "aria-setsize": total,
    },
    el(
      "header",
      {},
      el("span", { class: "number" }, String(row.index + 1)),
      el("span", { class: "place" }, place),
      badges(row),
      reviewTools(row),
    ),
    el("div", { class: "texts", "data-count": sides.length }, sides),
    notes(row),
  );
  article.row = row;
  return article;
}

function isLong(row) {
  return [row.src, ...row.refs, ...row.hyps.map((hyp) => hyp.text), ...row.hyps.map((hyp) => hyp.draft ?? "")].some((text) => text.length > LONG_ROW);
}

function side(label, lang, text, layers, attributes) {
  const { class: kind = "", ...rest } = attributes;
  return el(
    "div",
    { class: `side ${kind}` },
    el("h3", {}, label, el("span", { class: "lang" }, lang)),
    el("p", { lang, class: UNUSUAL_SPACE.test(text) ? "exact" : null, ...rest }, annotated(text, layers)),
  );
}

/** What mtkit wrote before somebody edited it. */
function draftSide(hyp, run) {
  const layers = layersOf(differences(hyp.draft, hyp.text).left, "only-left", "not in the edited text");
  const label = isComparison ? `${RUN_LETTER[run]} before editing` : "Before editing";
  return side(label, "ru", hyp.draft, layers, { class: "reference draft" });
}

function badges(row) {
  const shown = [];
  if (metrics.length) shown.push(scoreBadge(row));
  for (const [run, hyp] of row.hyps.entries()) {
    const counts = SEVERITIES.slice(0, 2)
      .map((severity) => [severity, hyp.findings.filter((finding) => finding.severity === severity).length])
      .filter(([, count]) => count);
    const letter = isComparison ? `${RUN_LETTER[run]}: ` : "";
    for (const [severity, count] of counts) {
      shown.push(el("span", { class: `badge text-${severity}` }, letter + plural(count, severity)));
    }
    if (hyp.draft !== null) shown.push(el("span", { class: "badge" }, `${letter}edited`));
    if (hyp.origin !== "engine") shown.push(el("span", { class: "badge" }, letter + hyp.origin));
  }
  return el("span", { class: "badges" }, shown);
}

function scoreBadge(row) {
  const all = (hyp) => metrics.map((metric, number) => `${metric.metric} ${hyp.scores[number] ?? "–"}`).join(", ");
  const values = row.hyps.map((hyp) => fixed(metrics[0], hyp.scores[0]));
  const change = isComparison && row.gain ? ` (${row.gain > 0 ? "better" : "worse"})` : "";
  const kind = isComparison && row.gain ? (row.gain > 0 ? " text-ok" : " text-error") : "";
  return el(
    "span",
    { class: `badge${kind}`, title: row.hyps.map(all).join("\n") },
    `${metrics[0].metric} ${values.join(" → ")}${change}`,
  );
}

function reviewTools(row) {
  return el(
    "span",
    { class: "tools" },
    el(
      "label",
      {},
      el("input", {
        type: "checkbox",
        checked: isReviewed(row),
        disabled: marksOf(row).length > 0,
        onchange: (event) => setReviewed(row, event.target.checked),
      }),
      " Reviewed",
    ),
    el("button", { type: "button", onclick: () => openMarking(row, selectionIn(row)) }, "Mark error"),
  );
}

/** Words of each hypothesis and reference that the text it is compared to does not have. */
function rowDifferences(row) {
  const changes = { hyps: row.hyps.map(() => []), refs: row.refs.map(() => []) };
  if (view.difference === "runs" && isComparison) {
    const { left, right } = differences(row.hyps[0].text, row.hyps[1].text);
    changes.hyps = [left, right];
  } else if (view.difference === "reference" && row.refs.length) {
    for (const [run, hyp] of row.hyps.entries()) {
      const each = row.refs.map((reference) => differences(hyp.text, reference));
      const closest = each.reduce((best, other, number) => (other.same > each[best].same ? number : best), 0);
      changes.hyps[run] = each[closest].left;
      if (run === row.hyps.length - 1) changes.refs[closest] = each[closest].right;
    }
  }
  return changes;
}

function layersOf(spans, kind, title) {
  return spans.map(({ start, end }) => ({ start, end, class: kind, title }));
}

function sourceLayers(row) {
  const layers = [];
  const worst = new Map();
  for (const hit of row.hits) {
    const known = worst.get(hit.src[0]);
    if (!known || STATES.indexOf(hit.state) > STATES.indexOf(known.state)) worst.set(hit.src[0], hit);
  }
  for (const hit of worst.values()) layers.push(hitLayer(hit, hit.src));
  for (const finding of row.findings) if (finding.src) layers.push(...findingLayer(finding, finding.src));
  for (const mark of marksOf(row)) if (mark.side === "source") layers.push(markLayer(mark));
  return [...layers, ...foundLayers(row.src)];
}

function targetLayers(row, run, changed) {
  const hyp = row.hyps[run];
  const kind = view.difference === "runs" && run === 1 ? "only-right" : "only-left";
  const other = view.difference === "runs" ? `not in ${RUN_LETTER[1 - run]}` : "not in the reference";
  const layers = layersOf(changed, kind, other);
  if (view.difference === "off" && hyp.draft !== null) {
    layers.push(...layersOf(differences(hyp.draft, hyp.text).right, "only-right", "put in by editing"));
  }
  for (const hit of hyp.hits) if (hit.tgt) layers.push(hitLayer(hit, hit.tgt));
  for (const finding of hyp.findings) if (finding.tgt) layers.push(...findingLayer(finding, finding.tgt));
  for (const mark of marksOf(row)) if (mark.side === "target" && mark.run === run) layers.push(markLayer(mark));
  return [...layers, ...foundLayers(hyp.text)];
}

function hitLayer(hit, [start, end]) {
  return {
    start,
    end,
    class: `term ${hit.state}`,
    title: `${STATE_LABEL[hit.state]}: ${conceptTitle(hit.concept)}`,
    hit: hit.src[0],
  };
}

/** Findings of the check `term` are shown by the state of the term itself. */
function findingLayer(finding, [start, end]) {
  if (finding.check === "term") return [];
  return [{ start, end, class: `finding ${finding.severity}`, title: `${finding.check}: ${finding.message}` }];
}

function markLayer(mark) {
  return { start: mark.start, end: mark.end, class: "mqm", title: `${mark.category} · ${mark.severity}` };
}

function foundLayers(text) {
  return occurrences(text, query.text.trim()).map((span) => ({ ...span, class: "found" }));
}

function notes(row) {
  const entries = row.hyps.flatMap((hyp, run) => [
    ...marksOf(row).filter((mark) => mark.run === run).map((mark) => markNote(row, mark, run)),
    ...[...hyp.findings]
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
      .map((finding) => findingNote(finding, run)),
    ...hyp.hits.filter((hit) => hit.state !== "held" && !isTold(hit, hyp)).map((hit) => hitNote(hit, run)),
  ]);
  return entries.length ? el("ul", { class: "notes" }, entries) : null;
}

function isTold(hit, hyp) {
  return hyp.findings.some((finding) => finding.check === "term" && finding.src?.[0] === hit.src[0]);
}

function runMark(run) {
  return isComparison ? el("span", { class: "run-letter" }, RUN_LETTER[run]) : null;
}

function findingNote(finding, run) {
  const isNew = finding.suggestion && !finding.message.includes(finding.suggestion);
  return el(
    "li",
    { class: "note" },
    runMark(run),
    el("span", { class: `sign sign-${finding.severity}`, title: finding.severity, "aria-label": finding.severity, role: "img" }, SEVERITY_SIGN[finding.severity]),
    el("b", {}, finding.check),
    ` ${finding.message}`,
    isNew ? [" Suggested: ", el("q", { lang: "ru" }, finding.suggestion)] : null,
  );
}

function hitNote(hit, run) {
  const isName = hit.concept.startsWith("name:");
  return el(
    "li",
    { class: "note" },
    runMark(run),
    el("span", { class: "sign sign-term", "aria-hidden": "true" }, hit.state === "forbidden" ? "✕" : "–"),
    el("b", {}, isName ? "name" : "term"),
    ` ${conceptLabel(hit.concept)}: ${STATE_LABEL[hit.state]}`,
  );
}

function markNote(row, mark, run) {
  const words = markedText(row, mark).slice(mark.start, mark.end);
  return el(
    "li",
    { class: "note note-mqm" },
    runMark(run),
    el("span", { class: "sign sign-mqm", "aria-hidden": "true" }, "M"),
    el("b", {}, `${mark.severity} · ${mark.category}`),
    " ",
    words ? el("q", {}, words) : "whole segment",
    mark.note ? ` – ${mark.note}` : "",
    " ",
    el("button", { type: "button", class: "link", onclick: () => openMarking(row, mark, mark) }, "Edit"),
    " ",
    el("button", { type: "button", class: "link", onclick: () => setMarks(row, marksOf(row).filter((each) => each !== mark)) }, "Remove"),
  );
}
