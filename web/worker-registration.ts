/**
 * Registers the service worker. Where the browser has none, or forbids it, the page works and needs the
 * network to open.
 */
export const registerWorker = async (): Promise<void> => {
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    // No TLS, a private window, or a browser that forbids it.
  }
};
