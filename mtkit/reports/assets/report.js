const report = JSON.parse(byId("model").textContent);
const isComparison = report.runs.length === 2;
const metrics = report.runs[0].scores;
const SEVERITIES = ["error", "warning", "info"];
const SEVERITY_WEIGHT = { error: 100, warning: 10, info: 1 };
const STATES = ["held", "failed", "forbidden"];
const STATE_LABEL = { held: "held", failed: "missing", forbidden: "forbidden" };
const RUN_LETTER = ["A", "B"];

for (const [index, row] of report.rows.entries()) {
  row.index = index;
  row.findings = row.hyps.flatMap((hyp) => hyp.findings);
  row.hits = row.hyps.flatMap((hyp) => hyp.hits);
  for (const hyp of row.hyps) {
    hyp.weight = hyp.findings.reduce((sum, finding) => sum + SEVERITY_WEIGHT[finding.severity], 0);
  }
  row.weight = Math.max(...row.hyps.map((hyp) => hyp.weight));
  row.gain = gain(row);
}

/** How much better the second run is on a row: by the first metric, without references by findings. */
function gain(row) {
  if (!isComparison) return null;
  const [before, after] = row.hyps;
  if (!metrics.length) return before.weight - after.weight;
  if (before.scores[0] === null || after.scores[0] === null) return 0;
  return (after.scores[0] - before.scores[0]) * (metrics[0].higher ? 1 : -1);
}

/** Score of the last run on a row by the number of the metric; null where there is none. */
function rowScore(row, metric) {
  return row.hyps[row.hyps.length - 1].scores[metric];
}

/** A value of a metric with the places that its scale needs. */
function fixed(metric, value) {
  return value === null ? "–" : value.toFixed(metric.decimals);
}

function documentName(number) {
  const path = report.documents[number].path;
  const name = path.split("/").pop();
  const isUnique = report.documents.filter((each) => each.path.split("/").pop() === name).length === 1;
  return isUnique ? name : path;
}

function conceptLabel(id) {
  const concept = report.concepts[id];
  return concept.ru ? `${concept.term} → ${concept.ru}` : concept.term;
}

/** Everything that is known of a concept, for a tooltip. */
function conceptTitle(id) {
  const { admitted = [], forbidden = [], note = "" } = report.concepts[id];
  const parts = [admitted.length && `also: ${admitted.join(", ")}`, forbidden.length && `not: ${forbidden.join(", ")}`, note];
  return [conceptLabel(id), ...parts.filter(Boolean)].join("\n");
}

function runLabel(number) {
  return isComparison ? `${RUN_LETTER[number]} · ${report.runs[number].name}` : "Translation";
}

function folded(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/([a-z])[\u0300-\u036f]+/g, "$1")
    .normalize("NFC")
    .replaceAll("đ", "d")
    .replaceAll("ё", "е");
}

function lowered(text) {
  return text.toLowerCase().replaceAll("ё", "е");
}

/** Where `query` stands in `text`: capitals never count, diacritics only if the query has some. */
function occurrences(text, query) {
  if (!query) return [];
  const fold = folded(query) === lowered(query) ? folded : lowered;
  const starts = [];
  let plain = "";
  for (let i = 0; i < text.length; i++) {
    const letters = fold(text[i]);
    for (let k = 0; k < letters.length; k++) starts.push(i);
    plain += letters;
  }
  starts.push(text.length);
  const wanted = fold(query);
  const found = [];
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    found.push({ start: starts[at], end: starts[at + wanted.length] });
  }
  return found;
}

function hasOccurrence(row, query) {
  const isPlain = folded(query) === lowered(query);
  const key = isPlain ? "foldedTexts" : "loweredTexts";
  const fold = isPlain ? folded : lowered;
  row[key] ??= fold([row.src, ...row.hyps.map((hyp) => hyp.text), ...row.refs, row.id].join("\n"));
  return row[key].includes(fold(query));
}

const WORD = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
const LARGEST_DIFFERENCE = 4_000_000;

/** Spans of words that only `left` has and that only `right` has, by longest common subsequence. */
function differences(left, right) {
  const words = [left, right].map((text) =>
    [...text.matchAll(WORD)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length })),
  );
  const [a, b] = words;
  if (a.length * b.length > LARGEST_DIFFERENCE) return { left: [], right: [], same: 0 };
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] =
        a[i].text === b[j].text
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  const only = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i].text === b[j].text) [i, j] = [i + 1, j + 1];
    else if (j >= b.length || (i < a.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) only[0].push(i++);
    else only[1].push(j++);
  }
  return { left: joined(only[0], a), right: joined(only[1], b), same: table[0] };
}

function joined(numbers, words) {
  const spans = [];
  let last = -2;
  for (const number of numbers) {
    if (number === last + 1) spans[spans.length - 1].end = words[number].end;
    else spans.push({ start: words[number].start, end: words[number].end });
    last = number;
  }
  return spans;
}
