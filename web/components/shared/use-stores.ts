/** The page's stores, for every component. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageStores } from "../../store/page-stores.ts";

const Stores = createContext<PageStores | undefined>(undefined);

export const StoresProvider = Stores.Provider;

export const useStores = (): PageStores => {
  const stores = useContext(Stores);
  if (stores === undefined) throw new Error("a component is outside the provider of the stores");
  return stores;
};
