// Makes a key that opens a source. The hash may stand in a file that others read; the key goes to the sender.

import { createHash, randomBytes } from "node:crypto";
import { printableJson } from "../../../functions/core/text.ts";
import type { Command } from "../command.ts";

export const key: Command = {
  summary: "make a key for a source, and its hash for the config file",
  async run(values, terminal) {
    const made = randomBytes(20).toString("hex");
    const hash = createHash("sha256").update(made).digest("hex");
    if (values.flag("json")) terminal.out(printableJson({ key: made, key_sha256: hash }));
    else terminal.out(`key         ${made}    (for the sender)\nkey_sha256  ${hash}    (for muster.yaml)`);
    return 0;
  },
};
