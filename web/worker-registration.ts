/** Asks the browser to run the service worker. Where it has none, or forbids it, the page works as ever, and needs the network to open. */
export const registerWorker = async (): Promise<void> => {
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    // Not over TLS, a private window, or a browser that is told not to.
  }
};
