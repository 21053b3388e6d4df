const CHECKS_SHOWN = 6;
const CHART = { width: 340, height: 160, left: 36, right: 6, top: 8, bottom: 40 };

/** Equal bins over [low, high]; what lies outside is counted in the first and the last. */
function binned(values, low, high, count) {
  const bins = Array.from({ length: count }, () => 0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * count);
    bins[Math.min(count - 1, Math.max(0, bin))]++;
  }
  return bins;
}

function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 4, 5, 10].map((factor) => factor * power).find((ceiling) => ceiling >= value);
}

/**
 * Histogram of one or two series over the same bins.
 * options: {title, unit, low, high, count, series: [{label, values}], colour(low), onpick(low, high)}; values
 * beyond the bounds are in the outer bins, which are therefore open when picked.
 */
function histogram(options) {
  const { low, high, count, series } = options;
  const bins = series.map((each) => binned(each.values, low, high, count));
  const top = niceCeiling(Math.max(1, ...bins.flat()));
  const step = (CHART.width - CHART.left - CHART.right) / count;
  const x = (bin) => CHART.left + bin * step;
  const y = (value) => CHART.height - CHART.bottom - (value / top) * (CHART.height - CHART.top - CHART.bottom);
  const bound = (bin) => low + (bin * (high - low)) / count;
  const shown = (value) => String(Math.round(value * 100) / 100).replace("-", "−");
  const bars = bins.flatMap((counts, number) =>
    counts.map((value, bin) => {
      const width = (step - 2) / bins.length;
      const range = `${shown(bound(bin))}–${shown(bound(bin + 1))}`;
      const label = `${series[number].label ? `${series[number].label}, ` : ""}${range}: ${plural(value, "segment")}`;
      return svg(
        "rect",
        {
          x: x(bin) + 1 + number * width,
          y: y(value),
          width,
          height: Math.max(0, y(0) - y(value)),
          class: options.colour ? options.colour(bound(bin)) : `series-${series.length > 1 ? number : 1}`,
        },
        svg("title", {}, label),
      );
    }),
  );
  const zones = bins[0].map((_, bin) =>
    svg(
      "rect",
      {
        x: x(bin),
        y: CHART.top,
        width: step,
        height: CHART.height - CHART.top - CHART.bottom,
        class: "zone",
        onclick: () => options.onpick(bin === 0 ? -Infinity : bound(bin), bin === count - 1 ? Infinity : bound(bin + 1)),
      },
      svg(
        "title",
        {},
        `${shown(bound(bin))}–${shown(bound(bin + 1))}: ${bins.map((counts) => counts[bin]).join(" / ")}. Click to filter.`,
      ),
    ),
  );
  const ticks = [0, count / 2, count].map((bin, place) =>
    svg(
      "text",
      { x: x(bin), y: CHART.height - 24, "text-anchor": ["start", "middle", "end"][place] },
      shown(bound(bin)) + (options.isOpen && bin === count ? "+" : ""),
    ),
  );
  const grid = [0, top / 2, top].flatMap((value) => [
    svg("line", { x1: CHART.left, x2: CHART.width - CHART.right, y1: y(value), y2: y(value), class: "grid" }),
    Number.isInteger(value) ? svg("text", { x: CHART.left - 5, y: y(value) + 4, "text-anchor": "end" }, String(value)) : null,
  ]);
  const middle = (CHART.left + CHART.width - CHART.right) / 2;
  return el(
    "figure",
    { class: "chart" },
    el(
      "figcaption",
      {},
      options.title,
      series.length > 1 ? seriesKey(series) : null,
    ),
    svg(
      "svg",
      { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img", "aria-label": summary(options, bins) },
      ...grid.filter(Boolean),
      ...bars,
      ...ticks,
      svg("text", { x: middle, y: CHART.height - 5, "text-anchor": "middle", class: "axis" }, options.unit),
      ...zones,
    ),
  );
}

function seriesKey(series) {
  return el(
    "span",
    { class: "key" },
    series.map((each, number) => el("span", { class: `key-series key-${number}` }, each.label)),
  );
}

function summary(options, bins) {
  const parts = bins.map((counts, number) => {
    const most = counts.indexOf(Math.max(...counts));
    const width = (options.high - options.low) / options.count;
    const name = options.series[number].label;
    return `${name ? `${name}: ` : ""}most segments from ${options.low + most * width} to ${options.low + (most + 1) * width}`;
  });
  return `${options.title}. ${parts.join("; ")}.`;
}

/** Bars of counts by severity, one line a check; each is a button that filters by its check. */
function checkBars(onpick) {
  const counted = new Map();
  for (const [number, run] of report.runs.entries()) {
    for (const { check, severity, count } of run.findings) {
      if (!counted.has(check)) counted.set(check, report.runs.map(() => ({ error: 0, warning: 0, info: 0 })));
      counted.get(check)[number][severity] += count;
    }
  }
  const total = (counts) => SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  const most = Math.max(1, ...[...counted.values()].flat().map(total));
  const gravity = (runs) => Math.max(...runs.map((counts) => SEVERITIES.reduce((sum, each) => sum + counts[each] * SEVERITY_WEIGHT[each], 0)));
  const lines = [...counted].sort((a, b) => gravity(b[1]) - gravity(a[1]));
  const line = ([check, runs]) =>
    el(
      "button",
      { type: "button", class: "check-line", "data-check": check, "aria-pressed": "false", onclick: () => onpick(check) },
      el("span", { class: "check-name" }, check),
      el("span", { class: "check-bars" }, runs.map((counts, number) => severityBar(counts, most, number))),
      el("span", { class: "check-count" }, runs.map(total).join(" → ")),
    );
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, "Findings by check", severityKey()),
    lines.length ? el("div", { class: "check-lines" }, lines.slice(0, CHECKS_SHOWN).map(line)) : el("p", { class: "muted" }, "No findings."),
    lines.length > CHECKS_SHOWN
      ? el(
          "details",
          { class: "more" },
          el("summary", {}, `${plural(lines.length - CHECKS_SHOWN, "more check")}`),
          el("div", { class: "check-lines" }, lines.slice(CHECKS_SHOWN).map(line)),
        )
      : null,
  );
}

function severityBar(counts, most, number) {
  const scale = 100 / most;
  let at = 0;
  const parts = SEVERITIES.filter((severity) => counts[severity]).map((severity) => {
    const width = counts[severity] * scale;
    const part = svg("rect", { x: at, y: 0, width, height: 10, class: `fill-${severity}` });
    at += width;
    return part;
  });
  const told = SEVERITIES.filter((severity) => counts[severity]).map((severity) => `${counts[severity]} ${severity}`);
  return svg(
    "svg",
    { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": told.join(", ") || "none" },
    svg("title", {}, `${isComparison ? `${RUN_LETTER[number]}: ` : ""}${told.join(", ") || "none"}`),
    ...parts,
  );
}

function severityKey() {
  return el(
    "span",
    { class: "key" },
    SEVERITIES.map((severity) => el("span", { class: `key-series key-${severity}` }, severity)),
  );
}
