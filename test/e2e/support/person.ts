/**
 * A person who uses the page: acts by roles and labels as a user does, and returns what the page shows.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import type { Network } from "./fixture.ts";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
declare const axe: {
  readonly run: () => Promise<{ readonly violations: readonly AxeViolation[] }>;
};

export class Person {
  readonly name: string;
  readonly page: Page;
  readonly network: Network;
  /** Errors of the page, and violations of its content security policy. */
  readonly faults: string[] = [];

  constructor(name: string, page: Page, network: Network) {
    this.name = name;
    this.page = page;
    this.network = network;
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) this.faults.push(message.text());
    });
  }

  get box(): Locator {
    return this.page.getByRole("textbox", { name: /^Message to/ });
  }

  get log(): Locator {
    return this.page.getByRole("region", { name: "Messages" });
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.network.url}${path}`);
  }

  /** Signs in, and waits until the page shows the room. */
  async enters(room: string): Promise<void> {
    await this.opens(`/r/${room}`);
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByRole("button", { name: "Enter the room" }).click();
    await this.isLive();
  }

  /** Waits until the page shows that it is connected. */
  async isLive(): Promise<void> {
    await this.page
      .getByRole("status")
      .filter({ hasText: /^(Live|Caught up)/ })
      .waitFor({ state: "attached" });
  }

  /** Opens one more room. */
  async opensRoom(room: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Open another room" }).fill(room);
    await this.page.keyboard.press("Enter");
    await this.page.getByRole("textbox", { name: `Message to ${room}` }).waitFor();
    await this.isLive();
  }

  async isOffline(): Promise<void> {
    await this.page
      .getByRole("status")
      .filter({ hasText: /^Offline/ })
      .waitFor({ state: "attached" });
  }

  /** Makes the browser report a network, whether or not the page has noticed it. */
  async looksAgain(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event("online")));
  }

  /**
   * Presses "Try now" if the page still shows it: the page also tries by itself, and may be connected
   * already.
   */
  async triesNow(): Promise<void> {
    await this.page.getByRole("button", { name: "Try now" }).evaluateAll((offered) => {
      for (const button of offered) if (button instanceof HTMLElement) button.click();
    });
  }

  async says(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  message(text: string): Locator {
    return this.log.locator("li.message:not(.unsent)").filter({ hasText: text });
  }

  /** The texts of the messages, from top to bottom. */
  sees(): Promise<readonly string[]> {
    return this.log.locator("li.message:not(.unsent) .text").allTextContents();
  }

  /** The texts of the unsent messages. */
  waiting(): Promise<readonly string[]> {
    return this.log.locator("li.message.unsent .text").allTextContents();
  }

  people(): Promise<readonly string[]> {
    return this.page.getByRole("complementary", { name: "People here" }).locator("bdi").allTextContents();
  }

  /** The violations that axe finds in what the page shows, one line for each element. */
  async violations(): Promise<readonly string[]> {
    if (!(await this.page.evaluate(() => "axe" in globalThis))) await this.page.evaluate(AXE);
    return this.page.evaluate(async () => {
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    });
  }
}
