/**
 * Runs once before the tests of the page. Installs Chromium where it is missing, so that no test has to.
 */
import { chromiumPath } from "./chromium.ts";

export default (): void => {
  chromiumPath();
};
