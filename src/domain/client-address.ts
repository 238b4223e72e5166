/**
 * Determines the address of a client for limits (L2, L3): the address of the socket, or the one that a
 * trusted proxy appended to X-Forwarded-For. The client may have written the entries to the left of it.
 *
 * Always true: an address has one normal form. An IPv6 address is reduced to its /64 network, because one
 * subscriber has all addresses of it.
 */
/** The longest address text: an IPv6 address with an embedded IPv4 address. */
const MAX_LENGTH = 45;

/** The eight groups of an IPv6 address. Undefined if the text is not one. */
const groupsOf = (text: string): readonly number[] | undefined => {
  const [left = "", right, ...rest] = text.split("::");
  if (rest.length > 0) return undefined;
  const parse = (part: string): readonly number[] =>
    part === ""
      ? []
      : part
          .split(":")
          .map((group) => (/^[\da-f]{1,4}$/.test(group) ? Number.parseInt(group, 16) : Number.NaN));
  const [head, tail] = [parse(left), parse(right ?? "")];
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: right === undefined ? 0 : missing }, () => 0), ...tail];
  return groups.some(Number.isNaN) ? undefined : groups;
};

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The key of an address for limits. A text that is not an address is its own key. */
export const addressKey = (text: string): string => {
  // `[::1]:8080`, `1.2.3.4:8080`, `fe80::1%eth0`: neither a port nor a zone is part of the address.
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
  if (IPV4.test(embedded)) return embedded;
  const groups = groupsOf(bare);
  if (groups === undefined) return bare.slice(0, MAX_LENGTH);
  const [zeros, mapped] = [groups.slice(0, 5), groups[5]];
  const [high = 0, low = 0] = groups.slice(6);
  if (mapped === 0xffff && zeros.every((group) => group === 0)) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
};

/**
 * The key of the client. `forwarded`: X-Forwarded-For. `socket`: the address of the peer. With n trusted
 * proxies it is the n-th entry from the right. If there are fewer entries, it is the leftmost: a proxy
 * appended that one, although not the outermost proxy.
 */
export const clientAddress = (
  forwarded: string | undefined,
  socket: string | undefined,
  trustedProxies: number,
): string => {
  const entries = (forwarded ?? "").split(",").filter((entry) => entry.trim() !== "");
  const named = trustedProxies > 0 ? (entries.at(-trustedProxies) ?? entries[0]) : undefined;
  return addressKey(named ?? socket ?? "unknown");
};
