/**
 * The fixture of a test file of the page: a real server with its own empty log, and people with browser
 * contexts, each behind a network connection that can be cut.
 *
 * The server starts before the first test of the file and ends after the last. Everything else ends with the
 * test that made it. The page is the one that the build has made.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { connect } from "../../../src/client/index.ts";
import { FrontEnd } from "../../support/front-end.ts";
import { Instance, type Environment } from "../../support/instance.ts";
import { Lifetime } from "../../support/lifetime.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { sharedBrowser } from "./browser.ts";
import { Person } from "./person.ts";

/** One person's way to the server, which can be cut for this person alone. */
export class Network {
  readonly #frontEnd: FrontEnd;
  #target: () => Instance;

  constructor(frontEnd: FrontEnd, target: () => Instance) {
    this.#frontEnd = frontEnd;
    this.#target = target;
  }

  get url(): string {
    return this.#frontEnd.url;
  }

  /** Cuts every connection, and refuses new ones. */
  cut(): void {
    this.#frontEnd.routeTo([]);
    this.#frontEnd.cutAll();
  }

  /** Sends new connections to this instance. Connections that are open stay where they are. */
  leadTo(instance: Instance): void {
    this.#target = () => instance;
    this.mend();
  }

  mend(): void {
    this.#frontEnd.routeTo([this.#target()]);
  }
}

export class PageFixture {
  /** Ends with the test file. */
  readonly #file = new Lifetime();
  /** Ends with the test that runs. */
  readonly #test = new Lifetime();
  readonly #networks = new Set<Network>();
  #environment: Environment;
  #instance: Instance | undefined;

  constructor(settings: Environment = {}) {
    this.#environment = { HEARTBEAT_MS: "2000", ...settings };
    beforeAll(async () => {
      if (settings["DATA_DIR"] === undefined) {
        const folder = await mkdtemp(join(tmpdir(), "gapless-e2e-"));
        this.#file.own(folder, () => rm(folder, { recursive: true, force: true }));
        this.#environment = { ...this.#environment, DATA_DIR: folder };
      }
      this.#file.own(this, ({ instance }) => instance.kill());
      this.#instance = await Instance.start(this.#environment);
      // The first test should not have to wait for it.
      await sharedBrowser();
    });
    afterEach(() => this.#test.end());
    afterAll(() => this.#file.end());
  }

  /** The instance that networks lead to by default. */
  get instance(): Instance {
    if (this.#instance === undefined) throw new Error("the server is not running");
    return this.#instance;
  }

  /** For a client without a page. */
  get webSocketUrl(): string {
    return this.instance.webSocketUrl;
  }

  /** Starts another instance beside the first, on the same log. Only Redis allows that. */
  async launch(): Promise<Instance> {
    return this.#test.own(await Instance.start(this.#environment), (instance) => instance.kill());
  }

  /**
   * A person with a browser profile and a network connection of their own, who has not opened the page yet.
   */
  async person(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const frontEnd = await FrontEnd.start([this.instance], { random: seededRandom(1) });
    this.#test.own(frontEnd, () => frontEnd.close());
    const network = new Network(frontEnd, () => this.instance);
    this.#networks.add(network);
    this.#test.own(network, () => this.#networks.delete(network));
    const browser = await sharedBrowser();
    const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, ...options });
    this.#test.own(context, () => context.close());
    return new Person(name, await context.newPage(), network);
  }

  /** A client without a page posts these texts to a room, in this order. */
  async tell(room: string, texts: readonly string[]): Promise<void> {
    const chat = connect({ url: this.webSocketUrl, name: "Teller" });
    const { post } = chat.join(room);
    await Promise.all(texts.map((text) => post(text)));
    chat.close();
  }

  /** Kills the instance and cuts all connections. */
  async kill(): Promise<void> {
    for (const network of this.#networks) network.cut();
    await this.instance.kill();
  }

  /** Starts another instance on the same log, and leads every network to it. */
  async replace(): Promise<void> {
    this.#instance = await Instance.start(this.#environment);
    for (const network of this.#networks) network.mend();
  }
}
