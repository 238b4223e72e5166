/**
 * Compares the rules of SPEC.md with the tests that name them.
 */
interface Rules {
  /** The ids of the rules in SPEC.md. */
  readonly written: ReadonlySet<string>;
  /** The ids with which the title of a test begins. */
  readonly tested: ReadonlySet<string>;
  /** The rules that are not built yet, with the reason. */
  readonly notBuilt: ReadonlyMap<string, string>;
}

/** The ids of the rules. A rule is a list item that begins with its id in bold: `- **D2** …`. */
export const rulesOf = (spec: string): ReadonlySet<string> =>
  new Set([...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id = ""]) => id));

/** Each line has a rule: its id, and why it is not built yet. A line that begins with `#` is a comment. */
export const notBuiltIn = (list: string): ReadonlyMap<string, string> =>
  new Map(
    list
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const [id = "", ...reason] = line.split(/\s+/);
        return [id, reason.join(" ")] as const;
      }),
  );

/**
 * The faults, as sentences. There are none if each rule has either a test or a reason why it is not built.
 */
export const faultsIn = ({ written, tested, notBuilt }: Rules): readonly string[] => [
  ...[...written]
    .filter((id) => !tested.has(id) && !notBuilt.has(id))
    .map((id) => `${id} has no test, and is not on the list of rules that are not built`),
  ...[...tested]
    .filter((id) => !written.has(id))
    .map((id) => `a test names ${id}, which SPEC.md does not have`),
  ...[...notBuilt.keys()]
    .filter((id) => !written.has(id))
    .map((id) => `the list names ${id}, which SPEC.md does not have`),
  ...[...notBuilt.keys()]
    .filter((id) => tested.has(id))
    .map((id) => `${id} has a test: remove it from the list`),
  ...[...notBuilt].filter(([, reason]) => reason === "").map(([id]) => `the list gives no reason for ${id}`),
];
