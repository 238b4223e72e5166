/**
 * The shape of the client's state machines: immutable states, and one table with a cell for each event in each state.
 *
 * The table is a type as well: a state or an event that is added without its cells does not compile. A machine reads no clock, draws
 * no random number and does nothing; what it wants done it says, as effects.
 */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A union member of a map from tags to what belongs to them. */
export type StateOf<States, S extends keyof States = keyof States> = {
  [K in S]: { readonly status: K } & States[K];
}[S];
export type EventOf<Events, E extends keyof Events = keyof Events> = {
  [K in E]: { readonly type: K } & Events[K];
}[E];

export type Table<States, Events, Effect> = {
  readonly [S in keyof States]: {
    readonly [E in keyof Events]: (
      state: StateOf<States, S>,
      event: EventOf<Events, E>,
    ) => Step<StateOf<States>, Effect>;
  };
};

/** Nothing changes, nothing is done: a cell for what is of no account in a state. */
export const stay = <State>(state: State): Step<State, never> => ({ state, effects: [] });

export const to = <State, Effect>(state: State, ...effects: readonly Effect[]): Step<State, Effect> => ({
  state,
  effects,
});

/** The step that a table says. */
export const stepIn =
  <States, Events, Effect>(table: Table<States, Events, Effect>) =>
  <S extends keyof States, E extends keyof Events>(
    state: StateOf<States, S>,
    event: EventOf<Events, E>,
  ): Step<StateOf<States>, Effect> =>
    table[state.status][event.type](state, event);
