const CHUNK_ROWS = 12;
const NEAR = "1000px 0px";

/**
 * The rows shown, in chunks of which only those near the window are in the page; the others keep their height.
 */
class SegmentList {
  constructor(root) {
    this.root = root;
    this.rows = [];
    this.chunks = [];
    this.rowHeight = 260;
    this.current = -1;
    this.observer = new IntersectionObserver((entries) => this.#follow(entries), { rootMargin: NEAR });
  }

  show(rows) {
    const kept = this.currentRow;
    this.observer.disconnect();
    this.rows = rows;
    this.current = kept ? rows.indexOf(kept) : -1;
    this.chunks = [];
    for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
      const chunk = el("div", { class: "chunk" });
      chunk.number = this.chunks.length;
      this.chunks.push(chunk);
      this.#empty(chunk, this.#count(chunk) * this.rowHeight);
    }
    this.root.replaceChildren(...this.chunks);
    if (this.chunks.length) this.#render(this.chunks[0]);
    for (const chunk of this.chunks) this.observer.observe(chunk);
  }

  get currentRow() {
    return this.rows[this.current] ?? null;
  }

  /** Make the row at `position` the current one and bring it into view. */
  go(position) {
    if (!this.rows.length) return;
    this.current = Math.min(this.rows.length - 1, Math.max(0, position));
    const chunk = this.chunks[Math.floor(this.current / CHUNK_ROWS)];
    this.#render(chunk);
    const article = this.#article(this.currentRow);
    this.#showCurrent();
    article.scrollIntoView({ block: "start" });
    article.focus({ preventScroll: true });
  }

  select(row) {
    this.current = this.rows.indexOf(row);
    this.#showCurrent();
  }

  refresh(row) {
    const old = this.#article(row);
    if (!old) return;
    const hadFocus = old.contains(document.activeElement);
    const position = this.rows.indexOf(row);
    const fresh = renderSegment(row, position + 1, this.rows.length);
    old.replaceWith(fresh);
    this.#showCurrent();
    if (hadFocus) fresh.focus({ preventScroll: true });
  }

  refreshAll() {
    for (const chunk of this.chunks) {
      if (!chunk.isRendered) continue;
      chunk.isRendered = false;
      this.#render(chunk);
    }
  }

  /** Put every row into the page, for printing. */
  renderAll() {
    this.observer.disconnect();
    for (const chunk of this.chunks) this.#render(chunk);
  }

  renderNear() {
    for (const chunk of this.chunks) this.observer.observe(chunk);
  }

  #follow(entries) {
    for (const entry of entries) {
      if (entry.isIntersecting) this.#render(entry.target);
      else if (entry.target.isRendered && !entry.target.contains(document.activeElement)) {
        this.rowHeight = entry.target.offsetHeight / this.#count(entry.target) || this.rowHeight;
        this.#empty(entry.target, entry.target.offsetHeight);
      }
    }
  }

  #render(chunk) {
    if (chunk.isRendered) return;
    const start = chunk.number * CHUNK_ROWS;
    const rows = this.rows.slice(start, start + CHUNK_ROWS);
    chunk.replaceChildren(...rows.map((row, i) => renderSegment(row, start + i + 1, this.rows.length)));
    chunk.style.minHeight = "";
    chunk.isRendered = true;
    this.#showCurrent();
  }

  #empty(chunk, height) {
    chunk.replaceChildren();
    chunk.style.minHeight = `${height}px`;
    chunk.isRendered = false;
  }

  #count(chunk) {
    return Math.min(CHUNK_ROWS, this.rows.length - chunk.number * CHUNK_ROWS);
  }

  #article(row) {
    return row && byId(`row-${row.index}`);
  }

  #showCurrent() {
    for (const old of this.root.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    this.#article(this.currentRow)?.setAttribute("aria-current", "true");
  }
}

const list = new SegmentList(byId("list"));
