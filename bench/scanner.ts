/**
 * Counts how often some words stand in a stream of bytes, wherever its chunks are cut.
 */
export class Scanner {
  count = 0;
  readonly #words: Buffer;
  #tail: Buffer = Buffer.alloc(0);

  constructor(words: string) {
    this.#words = Buffer.from(words);
  }

  /** Takes in a chunk, and says how often the words have stood in it. */
  take(chunk: Buffer): number {
    const overlap = this.#words.length - 1;
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, overlap)]);
    const found = this.#in(seam) + this.#in(chunk);
    // A short chunk is itself a part of the seam to come.
    this.#tail = Buffer.from((chunk.length < overlap ? seam : chunk).subarray(-overlap));
    this.count += found;
    return found;
  }

  #in(bytes: Buffer): number {
    let found = 0;
    for (let at = bytes.indexOf(this.#words); at >= 0; at = bytes.indexOf(this.#words, at + 1)) found += 1;
    return found;
  }
}
