const NO_QUERY = {
  text: "",
  document: "",
  checks: [],
  severity: "",
  concept: "",
  state: "",
  review: "",
  outcome: "",
  range: null,
};
const query = { ...NO_QUERY, sort: "document" };

const REVIEWS = {
  open: { label: "not reviewed yet", holds: (row) => !isReviewed(row) },
  done: { label: "reviewed", holds: isReviewed },
  marked: { label: "with marked errors", holds: (row) => marksOf(row).length > 0 },
};

const OUTCOMES = {
  win: { label: "B is better", holds: (row) => row.gain > 0 },
  loss: { label: "B is worse", holds: (row) => row.gain < 0 },
  changed: { label: "translations differ", holds: (row) => row.hyps[0].text !== row.hyps[1].text },
};

const ascending = (key) => (a, b) => key(a) - key(b);
const descending = (key) => (a, b) => key(b) - key(a);
const MISSING = { low: Infinity, high: -Infinity };

/** Orders of the list by name; those that a report has nothing for are left out. */
const ORDERS = {
  document: { label: "Order of the text", compare: () => 0 },
  findings: { label: "Worst findings first", compare: descending((row) => row.weight) },
  ...Object.fromEntries(
    metrics.map((metric, number) => [
      `metric-${number}`,
      {
        label: `Worst ${metric.metric} first`,
        compare: metric.higher
          ? ascending((row) => rowScore(row, number) ?? MISSING.low)
          : descending((row) => rowScore(row, number) ?? MISSING.high),
      },
    ]),
  ),
  ...(isComparison && {
    losses: { label: "Biggest losses of B first", compare: ascending((row) => row.gain) },
    wins: { label: "Biggest wins of B first", compare: descending((row) => row.gain) },
  }),
  confidence: {
    label: "Least certain first",
    compare: ascending((row) => row.hyps[row.hyps.length - 1].logprob ?? MISSING.low),
  },
  terms: {
    label: "Most terms missing first",
    compare: descending((row) => row.hits.filter((hit) => hit.state !== "held").length),
  },
  length: { label: "Longest first", compare: descending((row) => row.src.length) },
};

function holdsConcept(row) {
  return row.hits.some(
    (hit) => (!query.concept || hit.concept === query.concept) && (!query.state || hit.state === query.state),
  );
}

function holdsFinding(row) {
  return row.findings.some(
    (finding) =>
      (!query.checks.length || query.checks.includes(finding.check)) &&
      (!query.severity || finding.severity === query.severity),
  );
}

function inRange(row) {
  const value = query.range.of(row);
  return value !== null && value >= query.range.low && value < query.range.high;
}

/** Rows that the query lets through, in its order. */
function selectRows() {
  const text = query.text.trim();
  const conditions = [
    query.document !== "" && ((row) => row.doc === Number(query.document)),
    (query.checks.length || query.severity) && holdsFinding,
    (query.concept || query.state) && holdsConcept,
    query.review && REVIEWS[query.review].holds,
    query.outcome && OUTCOMES[query.outcome].holds,
    query.range && inRange,
    text && ((row) => hasOccurrence(row, text)),
  ].filter(Boolean);
  const rows = report.rows.filter((row) => conditions.every((holds) => holds(row)));
  return rows.sort(ORDERS[query.sort].compare);
}
