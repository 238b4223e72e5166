/**
 * Draws a block of lines on a terminal, and redraws it in place.
 */
export interface Terminal {
  readonly columns: number;
  readonly write: (text: string) => unknown;
}

/** Moves the cursor up by `lines`, and clears everything from there. */
const eraseLines = (lines: number): string => (lines === 0 ? "" : `\u001B[${lines}A\r\u001B[J`);

export class Display {
  readonly #terminal: Terminal;
  #drawn = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  draw(lines: readonly string[]): void {
    // A wrapped line would count as two, and the next block would be drawn too low.
    const fitting = lines.map((line) => line.slice(0, Math.max(1, this.#terminal.columns - 1)));
    this.#terminal.write(`${eraseLines(this.#drawn)}${fitting.map((line) => `${line}\n`).join("")}`);
    this.#drawn = lines.length;
  }
}
