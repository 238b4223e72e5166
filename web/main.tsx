/** The page's start. */
import { render } from "preact";
import { App } from "./components/app.tsx";
import { loadKept } from "./kept/shelf.ts";
import { comeBack, keptName } from "./store/signed-in.ts";
import { registerWorker } from "./worker-registration.ts";

const start = async (): Promise<void> => {
  // A room joins with what is kept of it, so that comes first; who is not signed in has nothing.
  if (keptName() !== "") await loadKept();
  comeBack();
  const page = document.getElementById("page");
  if (page !== null) render(<App />, page);
};

// The worker fetches what the page may need later: not while it is loading.
addEventListener("load", () => void registerWorker());
void start();
