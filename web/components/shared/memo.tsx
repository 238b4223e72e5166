/**
 * A component that is rendered again only when a prop has changed. It has the same props at each rendering.
 * `preact/compat` offers this as well, and brings 3 KB that the page does not need.
 */
import { Component, type ComponentType } from "preact";

export const memo = <Props extends object>(Inner: ComponentType<Props>): ComponentType<Props> =>
  class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      for (const name in next) if (next[name] !== this.props[name]) return true;
      return false;
    }

    override render() {
      return <Inner {...this.props} />;
    }
  };
