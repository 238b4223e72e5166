/** The page's start. */
import { render } from "preact";
import { App } from "./components/app.tsx";
import { StoresProvider } from "./components/shared/use-stores.ts";
import { browserDevice } from "./device/browser-device.ts";
import { createPageStores } from "./store/page-stores.ts";
import { showTheme } from "./store/theme-store.ts";
import { registerWorker } from "./worker-registration.ts";

const stores = createPageStores(browserDevice);
showTheme(stores.theme, document.documentElement);
stores.session.restore();
const page = document.getElementById("page");
if (page !== null) {
  render(
    <StoresProvider value={stores}>
      <App />
    </StoresProvider>,
    page,
  );
}

// The worker fetches files that the page may need later. It must not compete with the page's own loading.
addEventListener("load", () => void registerWorker());
