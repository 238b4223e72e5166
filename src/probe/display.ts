/**
 * A block of lines on a terminal that is drawn again in its place.
 */
export interface Terminal {
  readonly columns: number;
  readonly write: (text: string) => unknown;
}

/** Up so many lines, and clear from there. */
const rewind = (lines: number): string => (lines === 0 ? "" : `\u001B[${lines}A\r\u001B[J`);

export class Display {
  readonly #terminal: Terminal;
  #drawn = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  draw(lines: readonly string[]): void {
    // A line that wrapped would be two, and the next one drawn too low.
    const fitting = lines.map((line) => line.slice(0, Math.max(1, this.#terminal.columns - 1)));
    this.#terminal.write(`${rewind(this.#drawn)}${fitting.map((line) => `${line}\n`).join("")}`);
    this.#drawn = lines.length;
  }
}
