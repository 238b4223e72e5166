/**
 * The shape of the client's state machines: immutable states, and one table with a cell for each event in
 * each state.
 *
 * The table is a type: a new state or event without its cells does not compile. A state machine reads no
 * clock, draws no random number and performs nothing; it returns effects, which its caller performs.
 */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The union of the states in a map from status to fields. */
export type StateOf<States, S extends keyof States = keyof States> = {
  [K in S]: { readonly status: K } & States[K];
}[S];
/** The union of the events in a map from type to fields. */
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

/** The transition for events that a state ignores. */
export const stay = <State>(state: State): Step<State, never> => ({ state, effects: [] });

/** The transition to a state, with effects. */
export const to = <State, Effect>(state: State, ...effects: readonly Effect[]): Step<State, Effect> => ({
  state,
  effects,
});

/** Makes the step function of a table. */
export const stepIn =
  <States, Events, Effect>(table: Table<States, Events, Effect>) =>
  <S extends keyof States, E extends keyof Events>(
    state: StateOf<States, S>,
    event: EventOf<Events, E>,
  ): Step<StateOf<States>, Effect> =>
    table[state.status][event.type](state, event);
