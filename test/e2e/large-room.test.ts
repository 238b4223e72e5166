/**
 * A room with 10,000 members: the page lists some, counts the others, and has no element for those.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { LARGE_ROOM } from "../../src/domain/presence.ts";
import { fillRoom } from "../support/large-room.ts";
import { eventually } from "./support/eventually.ts";
import { tooWide } from "./support/shape.ts";
import { PageFixture } from "./support/fixture.ts";

const CROWD = 10_000;

const folder = mkdtempSync(join(tmpdir(), "gapless-crowd-"));

// Runs before the server starts, which opens the database of the folder.
beforeAll(() => fillRoom(folder, "crowd", CROWD, (nth) => `${"W".repeat(34)} ${nth}`));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = new PageFixture({ DATA_DIR: folder });

test("[P6] [P4] a room of 10,000 lists some members, counts the others, and works like any room", async () => {
  const ada = await fixture.person("Ada");
  await ada.enters("crowd");
  const side = ada.page.getByRole("complementary", { name: "People here" });
  await side.getByText("10,001 people here").waitFor();
  await side.getByText("and 9,801 more").waitFor();
  const elements = (): Promise<number> => ada.page.locator("*").count();
  const before = await elements();
  expect(before).toBeLessThan(3 * LARGE_ROOM);
  expect(await tooWide(ada.page)).toEqual([]);

  const others = Array.from({ length: 20 }, (_, nth) =>
    connect({ url: fixture.webSocketUrl, name: `Other ${nth}` }),
  );
  for (const other of others) other.join("crowd");
  await side.getByText("10,021 people here").waitFor();
  await side.getByText("and 9,821 more").waitFor();
  expect(await elements()).toBe(before);
  for (const other of others) other.close();

  await ada.says("in a crowd");
  await ada.message("in a crowd").waitFor();
  await ada.box.fill("@WWWW");
  await eventually(() => ada.page.getByRole("option").count()).toBeGreaterThan(0);
  expect(await ada.page.getByRole("option").count()).toBeLessThan(10);
  expect(await tooWide(ada.page)).toEqual([]);
  expect(ada.faults).toEqual([]);
});
