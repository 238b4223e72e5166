/**
 * A simulated instance of the service: all of `src/app` in a simulated process, with its own link to the
 * shared log. The token of a guest is the guest's id, because the simulation does not test signatures.
 */
import { Context, Effect, Exit, Layer, Scope } from "effect";
import { Commands } from "../../src/app/commands/commands.ts";
import { Feeds } from "../../src/app/fan-out/feeds.ts";
import { Gateway } from "../../src/app/instance/gateway.ts";
import { Entropy } from "../../src/app/ports/entropy.ts";
import { EventLog } from "../../src/app/ports/event-log.ts";
import { History } from "../../src/app/ports/history.ts";
import { Identity } from "../../src/app/ports/identity.ts";
import { LogTail } from "../../src/app/ports/log-tail.ts";
import { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import { Retention } from "../../src/app/ports/retention.ts";
import { Signals } from "../../src/app/ports/signals.ts";
import { Settings } from "../../src/app/instance/settings.ts";
import { WRITE_EVERYWHERE } from "../../src/domain/rights.ts";
import { parseUserId } from "../../src/domain/user.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import { LogLink, type Channels } from "./log-link.ts";
import { Process } from "../support/process.ts";

const MAX_SKEW_MS = 3_000;

const identity = (newId: () => string, random: SeededRandom): Identity["Service"] => ({
  greet: (name, token) =>
    Effect.suspend(() => {
      const id = parseUserId(token ?? newId());
      if (!id.ok) throw new Error("not a user's id");
      const identified = {
        user: { id: id.value, name },
        grants: WRITE_EVERYWHERE,
        choosesName: true,
        token: id.value,
        expiresAt: undefined,
      };
      return Effect.delay(Effect.succeed(identified), random.below(3));
    }),
  verify: () => Effect.die("no request comes over HTTP"),
  anonymous: undefined,
  verifyAssertion: undefined,
  guestsAllowed: true,
});

export class Instance {
  readonly name: string;
  readonly process: Process;
  readonly link: LogLink;
  readonly #scope = Scope.makeUnsafe();
  readonly #context: Context.Context<never>;
  /** Undefined until it has started. */
  gateway: Gateway["Service"] | undefined;

  constructor(
    name: string,
    settings: Settings["Service"],
    channels: Channels,
    newId: () => string,
    onBug: (description: string) => void,
  ) {
    const { time, random } = channels;
    this.name = name;
    this.process = new Process(time, random.below(2 * MAX_SKEW_MS) - MAX_SKEW_MS);
    this.link = new LogLink(channels, this.process);
    this.#context = this.process.context(random, onBug);
    const ports = Layer.mergeAll(
      Layer.succeed(EventLog, this.link.eventLog),
      Layer.succeed(History, this.link.history),
      Layer.succeed(LogTail, this.link.tail),
      Layer.succeed(PresenceBoard, this.link.board),
      Layer.succeed(Signals, this.link.signals),
      Layer.succeed(Retention, this.link.retention),
      Layer.succeed(Identity, identity(newId, random)),
      Layer.succeed(Entropy, { id: newId, fraction: random.fraction }),
      Layer.succeed(Settings, settings),
    );
    const service = Gateway.layer.pipe(
      Layer.provide(Commands.layer),
      Layer.provide(Feeds.layer),
      Layer.provide(ports),
    );
    const started = Effect.map(Layer.buildWithScope(service, this.#scope), (built) => {
      this.gateway = Context.get(built, Gateway);
    });
    this.process.turn(() => void Effect.runForkWith(this.#context)(started));
  }

  /** Whether the front end may route new connections to this instance. */
  get isOpen(): boolean {
    return this.process.state !== "dead" && this.gateway?.admission.draining === false;
  }

  /** SIGTERM: asks all connections to move, and then ends (G2). */
  terminate(ended: () => void): void {
    const { gateway } = this;
    if (gateway === undefined) return;
    const ending = Effect.andThen(gateway.drain, Scope.close(this.#scope, Exit.void));
    this.process.turn(() => {
      Effect.runForkWith(this.#context)(ending).addObserver(ended);
    });
  }
}
