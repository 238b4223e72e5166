/**
 * Which names are borne by more than one user, or look like another user's: those whose skeletons are the
 * same. A user may bear several names in turn, and a name that was seen stays known.
 */
import { NO_PROTOTYPES, skeletonOf, type Prototypes } from "./skeleton.ts";

/** Names that need a mark beside them, so that their users can be told apart. */
export interface SharedNames {
  readonly has: (name: string) => boolean;
}

export const NO_SHARED_NAMES: SharedNames = { has: () => false };

export class NameIndex implements SharedNames {
  readonly prototypes: Prototypes;
  readonly #skeletons = new Map<string, string>();
  /** For each skeleton its user; undefined as soon as there are several. */
  readonly #bearers = new Map<string, string | undefined>();

  constructor(prototypes: Prototypes = NO_PROTOTYPES) {
    this.prototypes = prototypes;
  }

  /** Whether a name is shared from now on that was not before. */
  add(id: string, name: string): boolean {
    const skeleton = this.#skeletonOf(name);
    if (!this.#bearers.has(skeleton)) {
      this.#bearers.set(skeleton, id);
      return false;
    }
    const bearer = this.#bearers.get(skeleton);
    if (bearer === undefined || bearer === id) return false;
    this.#bearers.set(skeleton, undefined);
    return true;
  }

  has(name: string): boolean {
    const skeleton = this.#skeletonOf(name);
    return this.#bearers.has(skeleton) && this.#bearers.get(skeleton) === undefined;
  }

  #skeletonOf(name: string): string {
    const known = this.#skeletons.get(name);
    if (known !== undefined) return known;
    const skeleton = skeletonOf(name, this.prototypes);
    this.#skeletons.set(name, skeleton);
    return skeleton;
  }
}
