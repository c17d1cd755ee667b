// This process tells its parent why an engine does not start here, or null. It is one of its own because native libraries
// write warnings past Node to standard error, and a broken one ends its process.

import { isEngineName } from "../learning/engine/engineName.ts";
import { engines } from "../learning/engine/engines.ts";

const [name = ""] = process.argv.slice(2);
process.send?.(isEngineName(name) ? await engines[name].whyUnavailable() : "it is no engine");
process.disconnect();
