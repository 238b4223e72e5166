/**
 * Tests of the address that a client counts by.
 */
import { describe, expect, test } from "vitest";
import { addressKey, clientAddress } from "../../src/domain/client-address.ts";

describe("the key of an address", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7:4711", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["[::ffff:192.0.2.7]:80", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::6", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::6]:443", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("[L3] %s counts as %s", (text, key) => {
    expect(addressKey(text)).toBe(key);
  });

  test("[L3] a million addresses of one /64 count as one, and the next /64 as another", () => {
    expect(addressKey("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe(addressKey("2001:db8:1:2::"));
    expect(addressKey("2001:db8:1:3::")).not.toBe(addressKey("2001:db8:1:2::"));
  });

  test.each(["unknown", "_hidden", "1::2::3", "12345::", ":::", "1:2:3:4:5:6:7:8:9", "x".repeat(10_000)])(
    "[L3] %s is no address: it counts as it is, and is bounded",
    (text) => {
      expect(addressKey(text)).toBe(text.slice(0, 45));
    },
  );
});

describe("the address of a client", () => {
  const forwarded = "10.0.0.1, 203.0.113.9 ,198.51.100.2";

  test("[L3] without a trusted proxy it is the socket's, and the header is ignored", () => {
    expect(clientAddress(forwarded, "192.0.2.7", 0)).toBe("192.0.2.7");
    expect(clientAddress(undefined, undefined, 0)).toBe("unknown");
  });

  test("[L3] with n trusted proxies it is the n-th from the right, and entries before it are ignored", () => {
    expect(clientAddress(forwarded, "192.0.2.7", 1)).toBe("198.51.100.2");
    expect(clientAddress(forwarded, "192.0.2.7", 2)).toBe("203.0.113.9");
    expect(clientAddress(`${"1.1.1.1,".repeat(100)}${forwarded}`, "192.0.2.7", 2)).toBe("203.0.113.9");
  });

  test("[L3] with fewer entries than proxies it is the leftmost, and with none the socket's", () => {
    expect(clientAddress("203.0.113.9", "192.0.2.7", 2)).toBe("203.0.113.9");
    expect(clientAddress(undefined, "192.0.2.7", 1)).toBe("192.0.2.7");
    expect(clientAddress(" , ", "192.0.2.7", 1)).toBe("192.0.2.7");
  });
});
