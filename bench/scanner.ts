/**
 * Counts how often some words stand in a stream of bytes, wherever its chunks are cut. It keeps no chunk and allocates nothing for one.
 */
export class Scanner {
  readonly #words: Buffer;
  /** The end of what has come, and room for the beginning of what comes next: a match that was cut in two stands here. */
  readonly #seam: Buffer;
  readonly #overlap: number;

  constructor(words: string) {
    this.#words = Buffer.from(words);
    this.#overlap = this.#words.length - 1;
    this.#seam = Buffer.alloc(2 * this.#overlap);
  }

  /** Takes in a chunk, and says how often the words have stood in it. */
  take(chunk: Buffer): number {
    const overlap = this.#overlap;
    const joined = Math.min(overlap, chunk.length);
    this.#seam.fill(0, overlap + joined);
    chunk.copy(this.#seam, overlap, 0, joined);
    const found = this.#in(this.#seam) + this.#in(chunk);
    // A short chunk is itself a part of the seam to come.
    if (chunk.length < overlap) this.#seam.copyWithin(0, joined, joined + overlap);
    else chunk.copy(this.#seam, 0, chunk.length - overlap);
    return found;
  }

  #in(bytes: Buffer): number {
    let found = 0;
    for (let at = bytes.indexOf(this.#words); at >= 0; at = bytes.indexOf(this.#words, at + 1)) found += 1;
    return found;
  }
}
