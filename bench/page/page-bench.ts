/**
 * The setup of a bench of the page: a real instance with an empty log of its own, and a Chromium.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromiumPath } from "../../test/support/chromium.ts";
import { Instance } from "../../test/support/instance.ts";

const UNBOUNDED = "100000";

export class PageBench {
  readonly instance: Instance;
  readonly browser: Browser;
  readonly #folder: string;

  private constructor(instance: Instance, browser: Browser, folder: string) {
    this.instance = instance;
    this.browser = browser;
    this.#folder = folder;
  }

  /** `prepare` is called with the folder of the log before the instance starts. */
  static async start(prepare: (folder: string) => Promise<void> = async () => {}): Promise<PageBench> {
    const folder = await mkdtemp(join(tmpdir(), "gapless-page-"));
    await prepare(folder);
    const instance = await Instance.start({
      DATA_DIR: folder,
      MESSAGES_PER_SECOND: UNBOUNDED,
      MESSAGE_BURST: UNBOUNDED,
    });
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    return new PageBench(instance, browser, folder);
  }

  /** A page in a new browser profile. */
  async page(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1200, height: 760 } });
    return context.newPage();
  }

  /** Opens a path and signs in. It does not wait for the messages of the room. */
  async enter(page: Page, path: string): Promise<void> {
    await page.goto(`${this.instance.url}${path}`);
    await page.getByLabel("Your name").fill("Reader");
    await page.getByRole("button", { name: "Enter the room" }).click();
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.instance.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
