/**
 * Reads columns by the type that the schema gives them. A value of another type is a bug, and throws.
 */
import type { SQLOutputValue } from "node:sqlite";

export type Column = SQLOutputValue | undefined;
export type Row = Readonly<Record<string, SQLOutputValue>>;

export const integer = (column: Column): number => {
  if (typeof column !== "number") throw new TypeError(`not an integer in the database: ${String(column)}`);
  return column;
};

export const text = (column: Column): string => {
  if (typeof column !== "string") throw new TypeError(`not a text in the database: ${String(column)}`);
  return column;
};
