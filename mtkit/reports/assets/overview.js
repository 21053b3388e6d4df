/** Figures and charts about the whole report; `pick` narrows the list of segments. */
function renderOverview(pick) {
  const overview = byId("overview");
  overview.append(isComparison ? comparisonTable() : tiles(), charts(pick));
}

function tiles() {
  const run = report.runs[0];
  const totals = severityTotals(run);
  return el(
    "dl",
    { class: "tiles" },
    run.scores.map((score) =>
      tile(score.metric, fixed(score, score.value), interval(score), score.signature),
    ),
    tile("Terms held", share(run.terms), stateNote(run.terms)),
    tile("Names held", share(run.names), stateNote(run.names)),
    tile(
      "Findings",
      String(SEVERITIES.reduce((sum, severity) => sum + totals[severity], 0)),
      `${plural(totals.error, "error")}, ${plural(totals.warning, "warning")}, ${totals.info} info`,
    ),
    tile("Segments", report.rows.length.toLocaleString("en"), originNote(run)),
  );
}

function tile(label, value, note, title) {
  return el(
    "div",
    { class: "tile", title },
    el("dt", {}, label),
    el("dd", { class: "value" }, value),
    el("dd", { class: "detail" }, note),
  );
}

function scoreInterval(score) {
  return score.ci.map((bound) => fixed(score, bound)).join(" – ");
}

function interval(score) {
  const parts = [score.ci && `95% CI ${scoreInterval(score)}`, !score.higher && "lower is better"];
  return parts.filter(Boolean).join(", ");
}

function percentage(states) {
  const total = STATES.reduce((sum, state) => sum + states[state], 0);
  return total ? (100 * states.held) / total : 0;
}

function share(states) {
  const total = STATES.reduce((sum, state) => sum + states[state], 0);
  return total ? `${percentage(states).toFixed(0)}%` : "–";
}

function stateNote(states) {
  const total = STATES.reduce((sum, state) => sum + states[state], 0);
  if (!total) return "none in the source";
  return `${states.held} of ${total}${states.forbidden ? `, ${states.forbidden} forbidden` : ""}`;
}

function originNote(run) {
  const others = Object.entries(run.origins).filter(([origin]) => origin !== "engine");
  return [plural(report.documents.length, "document"), ...others.map(([origin, count]) => `${count} ${origin}`)].join(", ");
}

function severityTotals(run) {
  const totals = { error: 0, warning: 0, info: 0 };
  for (const { severity, count } of run.findings) totals[severity] += count;
  return totals;
}

function comparisonTable() {
  const [before, after] = report.runs;
  const wins = report.rows.filter((row) => row.gain > 0).length;
  const losses = report.rows.filter((row) => row.gain < 0).length;
  const lines = before.scores.map((score, number) => {
    const other = after.scores[number];
    const test = report.difference.find((each) => each.metric === score.metric);
    return line(score.metric, scoreCell(score), scoreCell(other), other.value - score.value, score.higher, score.decimals, test && chance(test.p));
  });
  for (const [label, key] of [["Terms held", "terms"], ["Names held", "names"]]) {
    const [a, b] = [before[key], after[key]];
    const cell = (states) => `${share(states)} (${stateNote(states)})`;
    lines.push(line(label, cell(a), cell(b), percentage(b) - percentage(a), true, 1, "", " points"));
  }
  const totals = report.runs.map(severityTotals);
  for (const severity of SEVERITIES.slice(0, 2)) {
    const [a, b] = totals.map((each) => each[severity]);
    lines.push(line(`${severity === "error" ? "Errors" : "Warnings"} found`, String(a), String(b), b - a, false, 0));
  }
  const by = metrics.length ? metrics[0].metric : "findings";
  return el(
    "div",
    { class: "comparison", tabindex: "0", role: "region", "aria-label": "Scores of A and B" },
    el(
      "table",
      {},
      el("caption", {}, `Of ${plural(report.rows.length, "segment")} B is better on ${wins.toLocaleString("en")}, worse on ${losses.toLocaleString("en")}, by ${by}`),
      el(
        "thead",
        {},
        el("tr", {}, el("td", {}), [runLabel(0), runLabel(1), "B − A", "p, paired bootstrap"].map((text) => el("th", { scope: "col" }, text))),
      ),
      el("tbody", {}, lines),
    ),
    el(
      "div",
      { class: "balance", role: "img", "aria-label": `${wins} wins, ${report.rows.length - wins - losses} ties, ${losses} losses of B` },
      balancePart("win", wins),
      balancePart("tie", report.rows.length - wins - losses),
      balancePart("loss", losses),
    ),
  );
}

function balancePart(kind, count) {
  if (!count) return null;
  const part = el("span", { class: `balance-${kind}` }, plural(count, kind).replace("losss", "losses"));
  part.style.flexGrow = count;
  return part;
}

function line(label, a, b, change, isHigherBetter, digits, note = "", unit = "") {
  const isBetter = change === 0 ? null : change > 0 === isHigherBetter;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const kind = isBetter === null ? "" : isBetter ? "better" : "worse";
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, label),
    el("td", {}, a),
    el("td", {}, b),
    el("td", { class: kind }, `${sign}${Math.abs(change).toFixed(digits)}${unit}`, kind ? ` ${kind}` : ""),
    el("td", {}, note),
  );
}

function scoreCell(score) {
  return fixed(score, score.value) + (score.ci ? ` (${scoreInterval(score)})` : "");
}

function chance(p) {
  return p === null ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3);
}

function charts(pick) {
  const seriesOf = (value) =>
    report.runs.map((_, number) => ({
      label: isComparison ? RUN_LETTER[number] : "",
      values: report.rows.map((row) => value(row, number)).filter((each) => each !== null && Number.isFinite(each)),
    }));
  const figures = [checkBars((check) => pick({ check }))];
  const full = metrics.length && metrics[0].decimals > 1 ? 1 : 100;
  if (metrics.length) {
    figures.push(
      histogram({
        title: `Segments by ${metrics[0].metric}`,
        unit: metrics[0].metric,
        low: 0,
        high: full,
        count: 20,
        series: seriesOf((row, run) => row.hyps[run].scores[0]),
        onpick: (low, high) => pick({ range: { label: metrics[0].metric, of: (row) => rowScore(row, 0), low, high } }),
      }),
    );
  }
  if (isComparison) {
    const widest = metrics.length ? full / 2 : 200;
    figures.push(
      histogram({
        title: "Wins and losses of B",
        unit: metrics.length ? `difference in ${metrics[0].metric}` : "fewer findings, weighted",
        low: -widest,
        high: widest,
        count: 20,
        series: [{ label: "", values: report.rows.map((row) => row.gain).filter((each) => each !== 0) }],
        colour: (low) => (low >= 0 ? "fill-ok" : "fill-error"),
        onpick: (low, high) => pick({ range: { label: "difference", of: (row) => row.gain, low, high } }),
      }),
    );
  }
  figures.push(
    histogram({
      title: "Length of the translation",
      unit: "characters of the translation for one of the source",
      low: 0,
      high: 3,
      count: 20,
      isOpen: true,
      series: seriesOf((row, run) => (row.src.length ? row.hyps[run].text.length / row.src.length : null)),
      onpick: (low, high) => pick({ range: { label: "length ratio", of: lengthRatio, low, high } }),
    }),
  );
  return el("div", { class: "charts" }, figures);
}

function lengthRatio(row) {
  return row.src.length ? row.hyps.at(-1).text.length / row.src.length : null;
}
