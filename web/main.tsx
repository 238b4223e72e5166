/** The page's start. */
import { render } from "preact";
import { App } from "./components/app.tsx";
import { comeBack } from "./store/session.ts";
import { registerWorker } from "./worker-registration.ts";

comeBack();
const page = document.getElementById("page");
if (page !== null) render(<App />, page);

// The worker fetches what the page may need later: not while it is loading.
addEventListener("load", () => void registerWorker());
