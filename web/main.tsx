/** The page's start. */
import { render } from "preact";
import { App } from "./components/app.tsx";

const page = document.getElementById("page");
if (page !== null) render(<App />, page);
