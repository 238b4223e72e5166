/**
 * Runs once before the tests of the page: sees to it that there is a Chromium, so that no test has to install one.
 */
import { chromiumPath } from "./chromium.ts";

export default (): void => {
  chromiumPath();
};
