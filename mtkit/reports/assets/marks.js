const MQM_WEIGHTS = { neutral: 0, minor: 1, major: 5, critical: 25 };
const MQM_CATEGORIES = {
  Accuracy: ["Mistranslation", "Addition", "Omission", "Untranslated"],
  Terminology: ["Wrong term", "Inconsistent with termbase", "Inconsistent use"],
  "Linguistic conventions": ["Grammar", "Spelling", "Punctuation", "Unintelligible"],
  Style: ["Awkward", "Register", "Unidiomatic", "Inconsistent"],
  "Locale conventions": ["Name format", "Number format", "Date format", "Measurement format"],
  "Audience appropriateness": ["Culture-specific reference"],
  "Design and markup": ["Markup"],
  Other: [],
};
const NO_ERROR = "No-error";

/** What the reviewer did: row index -> {reviewed, marks: [{run, side, start, end, category, severity, note}]}. */
const review = storage.get(marksKey()) ?? {};
let isReviewKept = true;

function marksKey() {
  return `mtkit-mqm:${report.fingerprint}`;
}

function marksOf(row) {
  return review[row.index]?.marks ?? [];
}

function isReviewed(row) {
  return Boolean(review[row.index]?.reviewed || marksOf(row).length);
}

function setReviewed(row, reviewed) {
  keep(row, { reviewed, marks: marksOf(row) });
}

function setMarks(row, marks) {
  keep(row, { reviewed: true, marks });
}

function keep(row, entry) {
  review[row.index] = entry;
  isReviewKept = storage.set(marksKey(), review);
  document.dispatchEvent(new CustomEvent("reviewchange", { detail: row }));
}

function forgetReview() {
  for (const index of Object.keys(review)) delete review[index];
  isReviewKept = storage.set(marksKey(), review);
  document.dispatchEvent(new CustomEvent("reviewchange", { detail: null }));
}

function markedText(row, mark) {
  return mark.side === "source" ? row.src : row.hyps[mark.run].text;
}

function wordCount(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Penalty points and words of what was reviewed, for each run. */
function reviewTotals() {
  const rows = report.rows.filter(isReviewed);
  return report.runs.map((_, run) => ({
    segments: rows.length,
    words: rows.reduce((sum, row) => sum + wordCount(row.hyps[run].text), 0),
    penalty: rows
      .flatMap(marksOf)
      .filter((mark) => mark.run === run)
      .reduce((sum, mark) => sum + MQM_WEIGHTS[mark.severity], 0),
  }));
}

/** Reviewed segments of every run with their errors; offsets in code points, as everywhere in mtkit. */
function reviewExport() {
  const segments = report.rows.filter(isReviewed).flatMap((row) =>
    report.runs.map((run, number) => ({
      run: runName(number),
      document: report.documents[row.doc].path,
      id: row.id,
      source: row.src,
      target: row.hyps[number].text,
      errors: marksOf(row)
        .filter((mark) => mark.run === number)
        .map((mark) => {
          const text = markedText(row, mark);
          return {
            side: mark.side,
            start: codePoints(text, mark.start),
            end: codePoints(text, mark.end),
            text: text.slice(mark.start, mark.end),
            category: mark.category,
            severity: mark.severity,
            note: mark.note,
          };
        }),
    })),
  );
  return { format: "mtkit-mqm", version: 1, title: report.title, fingerprint: report.fingerprint, segments };
}

/** Names of runs tell them apart even where both have the same one. */
function runName(number) {
  const [first, second] = report.runs;
  return second && first.name === second.name ? `${RUN_LETTER[number]} ${first.name}` : report.runs[number].name;
}

function codePoints(text, offset) {
  return [...text.slice(0, offset)].length;
}

function utf16(text, points) {
  return [...text].slice(0, points).join("").length;
}

/**
 * Add an exported review to this one, and say how much of it was about these translations. What is not about
 * them is left out; marks that stand here already are not doubled. Throws where it is no such export.
 */
function importReview(text) {
  const { format, segments } = JSON.parse(text);
  if (format !== "mtkit-mqm" || !Array.isArray(segments)) throw new SyntaxError("not an MQM export of a report");
  const rowOf = new Map(
    report.rows.flatMap((row) =>
      report.runs.map((_, run) => [segmentKey(runName(run), report.documents[row.doc].path, row.id, row.src, row.hyps[run].text), { row, run }]),
    ),
  );
  const taken = { segments: 0, marks: 0, strange: 0 };
  const added = segments.map(({ run, document: path, id, source, target, errors }) => {
    const place = rowOf.get(segmentKey(run, path, id, source, target));
    return place && { ...place, marks: errors.map((error) => importedMark(place, error)) };
  });
  for (const each of added) {
    if (!each) {
      taken.strange += 1;
      continue;
    }
    const { row, marks } = each;
    const known = new Set(marksOf(row).map((mark) => JSON.stringify(mark)));
    const news = marks.filter((mark) => !known.has(JSON.stringify(mark)));
    review[row.index] = { reviewed: true, marks: [...marksOf(row), ...news] };
    taken.segments += 1;
    taken.marks += news.length;
  }
  isReviewKept = storage.set(marksKey(), review);
  document.dispatchEvent(new CustomEvent("reviewchange", { detail: null }));
  return taken;
}

function segmentKey(...parts) {
  return JSON.stringify(parts);
}

function importedMark({ row, run }, { side, start, end, category, severity, note }) {
  const isPlaced = ["source", "target"].includes(side) && Number.isInteger(start) && Number.isInteger(end);
  if (!isPlaced || typeof category !== "string" || !Object.hasOwn(MQM_WEIGHTS, severity)) {
    throw new SyntaxError(`segment ${row.id} has a mark that is none`);
  }
  const text = markedText(row, { side, run });
  return { side, run, start: utf16(text, start), end: utf16(text, end), category, severity, note: String(note ?? "") };
}

const TSV_COLUMNS = ["run", "document", "segment", "side", "start", "end", "text", "category", "severity", "note", "source", "target"];

/** One line an error; a reviewed segment without errors has one line that says so. */
function reviewTsv() {
  const lines = reviewExport().segments.flatMap((segment) => {
    const errors = segment.errors.length ? segment.errors : [{ category: NO_ERROR, severity: "neutral" }];
    return errors.map((error) => ({ ...segment, ...error, segment: segment.id }));
  });
  const cell = (value) => String(value ?? "").replace(/[\t\r\n]/g, " ");
  return [TSV_COLUMNS, ...lines.map((line) => TSV_COLUMNS.map((column) => line[column]))]
    .map((cells) => `${cells.map(cell).join("\t")}\n`)
    .join("");
}

function download(name, type, text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
