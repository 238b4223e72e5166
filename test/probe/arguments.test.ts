/**
 * Tests of the command line arguments: valid ones are parsed, and each fault is reported in one sentence.
 */
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/probe/arguments.ts";

const read = (line: string) => parseArguments(line.split(" "), "own-room");
const DEFAULTS = {
  base: "https://chat.example",
  room: "own-room",
  clients: 10,
  rate: 20,
  seconds: 30,
  cuts: 1,
  json: false,
};

describe("the arguments of gapless", () => {
  it.each([
    ["probe https://chat.example", {}],
    ["probe https://chat.example/", {}],
    ["probe http://localhost:8080/chat/", { base: "http://localhost:8080/chat" }],
    ["probe https://chat.example --json --seconds 5", { json: true, seconds: 5 }],
    ["--clients=3 probe --rate=7 https://chat.example --cuts=0", { clients: 3, rate: 7, cuts: 0 }],
    ["probe https://chat.example --room Tea", { room: "tea" }],
  ])("%s is parsed", (line, plan) => {
    expect(read(line)).toEqual({ ok: true, value: { name: "probe", plan: { ...DEFAULTS, ...plan } } });
  });

  it.each(["--help", "probe --help", "probe https://chat.example --help"])("%s asks for help", (line) => {
    expect(read(line)).toEqual({ ok: true, value: { name: "help" } });
  });

  it.each([
    ["", "The only command"],
    ["serve", "The only command"],
    ["probe", "needs the URL"],
    ["probe chat.example", "must be a URL"],
    ["probe ftp://chat.example", "must be a URL"],
    ["probe https://chat.example?room=tea", "must be a URL"],
    ["probe https://chat.example tea", `"tea" is one argument too many`],
    ["probe https://chat.example --seconds", "--seconds needs a value."],
    ["probe https://chat.example --seconds=", "--seconds needs a value."],
    ["probe https://chat.example --json=yes", "--json takes no value."],
    ["probe https://chat.example --rate 1 --rate 2", "--rate is given twice."],
    ["probe https://chat.example --speed 3", "There is no flag --speed"],
    ["probe https://chat.example -h", "There is no flag -h"],
    ["probe https://chat.example --clients 0", "--clients must be a whole number from 1 to 1000"],
    ["probe https://chat.example --clients 1001", "--clients must be a whole number from 1 to 1000"],
    ["probe https://chat.example --rate 1.5", "--rate must be"],
    ["probe https://chat.example --seconds -1", "--seconds must be"],
    ["probe https://chat.example --cuts many", "--cuts must be"],
    ["probe https://chat.example --room ?", "--room can't be"],
  ])("%s is refused in one sentence", (line, reason) => {
    expect(read(line)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(read(line)).toMatchObject({ ok: false, reason: expect.stringMatching(/^[^\n]+\.$/) });
  });
});
