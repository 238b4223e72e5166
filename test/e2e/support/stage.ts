/**
 * What a test of the page stands on: a real server with its own empty log, a network before it that can be cut, and a real Chromium.
 *
 * The browser is the system's. The page is the one that the build has made; it reaches the server through the network's port alone.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions } from "playwright-core";
import { connect } from "../../../src/client/index.ts";
import { chromiumPath } from "../../support/chromium.ts";
import { FrontEnd } from "../../support/front-end.ts";
import { Instance, type Environment } from "../../support/instance.ts";
import { Lifetime } from "../../support/lifetime.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { Person } from "./person.ts";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A person's way to the server, which can be cut for them alone. */
export class Network {
  readonly #frontEnd: FrontEnd;
  #serving: () => Instance;

  constructor(frontEnd: FrontEnd, serving: () => Instance) {
    this.#frontEnd = frontEnd;
    this.#serving = serving;
  }

  get url(): string {
    return this.#frontEnd.url;
  }

  /** Every connection is cut, and no new one comes about. */
  cut(): void {
    this.#frontEnd.routeTo([]);
    this.#frontEnd.cutAll();
  }

  /** Whatever connects from now on comes to this instance; what is connected stays where it is. */
  leadTo(instance: Instance): void {
    this.#serving = () => instance;
    this.mend();
  }

  mend(): void {
    this.#frontEnd.routeTo([this.#serving()]);
  }
}

export class Stage {
  readonly #lifetime = new Lifetime();
  readonly #browser: Browser;
  readonly #environment: Environment;
  readonly #networks: Network[] = [];
  #instance: Instance;

  private constructor(browser: Browser, environment: Environment, instance: Instance) {
    this.#browser = browser;
    this.#environment = environment;
    this.#instance = instance;
  }

  static async set(settings: Environment = {}): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), "gapless-e2e-"));
    const environment = { DATA_DIR: folder, HEARTBEAT_MS: "2000", ...settings };
    const instance = await Instance.start(environment);
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS });
    const stage = new Stage(browser, environment, instance);
    stage.#lifetime.own(folder, () => rm(folder, { recursive: true, force: true }));
    stage.#lifetime.own(stage, () => stage.#instance.kill());
    stage.#lifetime.own(browser, () => browser.close());
    return stage;
  }

  /** For a program that takes part. */
  get webSocketUrl(): string {
    return this.#instance.webSocketUrl;
  }

  /** The instance that networks lead to by themselves. */
  get instance(): Instance {
    return this.#instance;
  }

  /** Another instance beside it, on the same log: on Redis alone. */
  async launch(): Promise<Instance> {
    return this.#lifetime.own(await Instance.start(this.#environment), (instance) => instance.kill());
  }

  /** Someone with a browser profile and a network of their own; they have not opened the page yet. */
  async person(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const frontEnd = await FrontEnd.start([this.#instance], { random: seededRandom(1) });
    this.#lifetime.own(frontEnd, () => frontEnd.close());
    const context = await this.#browser.newContext({ viewport: { width: 1200, height: 760 }, ...options });
    const network = new Network(frontEnd, () => this.#instance);
    this.#networks.push(network);
    return new Person(name, await context.newPage(), network);
  }

  /** Somebody without a page says much in a room, one thing after the other. */
  async tell(room: string, texts: readonly string[]): Promise<void> {
    const chat = connect({ url: this.webSocketUrl, name: "Teller" });
    const { post } = chat.join(room);
    await Promise.all(texts.map((text) => post(text)));
    chat.close();
  }

  /** The instance dies without a word, with all connections. */
  async kill(): Promise<void> {
    for (const network of this.#networks) network.cut();
    await this.#instance.kill();
  }

  /** Another instance serves the same log, for everyone. */
  async replace(): Promise<void> {
    this.#instance = await Instance.start(this.#environment);
    for (const network of this.#networks) network.mend();
  }

  end(): Promise<void> {
    return this.#lifetime.end();
  }
}
