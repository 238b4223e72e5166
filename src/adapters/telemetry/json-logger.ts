/**
 * Writes log lines in the format that Cloud Run reads: one JSON object a line, with `severity` and `message`.
 * They go to standard error, since standard output has only the line with the address.
 */
import { Cause, Logger, References } from "effect";

const SEVERITY = {
  Fatal: "CRITICAL",
  Error: "ERROR",
  Warn: "WARNING",
  Info: "INFO",
  Debug: "DEBUG",
  Trace: "DEBUG",
  All: "DEFAULT",
  None: "DEFAULT",
} as const;

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const jsonLogger = Logger.make<unknown, void>(({ cause, date, fiber, logLevel, message }) => {
  const [text, fields]: readonly unknown[] = Array.isArray(message) ? message : [message];
  process.stderr.write(
    `${JSON.stringify({
      severity: SEVERITY[logLevel],
      message: text,
      time: date,
      ...(isFields(fields) && fields),
      ...fiber.getRef(References.CurrentLogAnnotations),
      ...(cause.reasons.length > 0 && { stack_trace: Cause.pretty(cause) }),
    })}\n`,
  );
});
