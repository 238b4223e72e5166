/**
 * Counts how often a pattern occurs in a stream of bytes, also across the borders of chunks. It keeps no
 * chunk and allocates nothing for one.
 */
export class PatternCounter {
  readonly #pattern: Buffer;
  /**
   * The end of the last chunk and the beginning of the next one. A match that was cut in two is found here.
   */
  readonly #seam: Buffer;
  readonly #overlap: number;

  constructor(pattern: string) {
    this.#pattern = Buffer.from(pattern);
    this.#overlap = this.#pattern.length - 1;
    this.#seam = Buffer.alloc(2 * this.#overlap);
  }

  /** Returns how often the pattern occurs in the next chunk of the stream. */
  count(chunk: Buffer): number {
    const overlap = this.#overlap;
    const joined = Math.min(overlap, chunk.length);
    this.#seam.fill(0, overlap + joined);
    chunk.copy(this.#seam, overlap, 0, joined);
    const found = this.#occurrencesIn(this.#seam) + this.#occurrencesIn(chunk);
    // A short chunk becomes a part of the next seam.
    if (chunk.length < overlap) this.#seam.copyWithin(0, joined, joined + overlap);
    else chunk.copy(this.#seam, 0, chunk.length - overlap);
    return found;
  }

  #occurrencesIn(bytes: Buffer): number {
    let found = 0;
    for (let at = bytes.indexOf(this.#pattern); at >= 0; at = bytes.indexOf(this.#pattern, at + 1))
      found += 1;
    return found;
  }
}
