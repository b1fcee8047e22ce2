// The same declaration with React and react-hook-form: the form is theirs, everything about the rules is shared.

import { createRoot } from "react-dom/client";
import { keep, opened } from "../page.js";
import { App } from "./App.js";

const place = document.querySelector<HTMLElement>("#page")!;
const start = await opened(place);
place.replaceChildren();
createRoot(place).render(<App {...start} />);
keep();
