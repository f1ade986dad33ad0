// The CDK's entry: reads what the operator said, bundles every function, and draws the cloud picture.
import { Annotations, App } from "aws-cdk-lib";
import { bundleFunctions } from "./bundle.ts";
import { HubStack } from "./hub-stack.ts";
import { stackName } from "./names.ts";
import { nobodysAccount, readSettings } from "./settings.ts";

const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name), {
  account: process.env["CDK_DEFAULT_ACCOUNT"],
  region: process.env["CDK_DEFAULT_REGION"],
});
const { bundleOf, demoKeys, fictionalNumbers } = await bundleFunctions({ config: settings.config });
const hub = new HubStack(app, stackName, { settings, bundleOf });
if (settings.account === nobodysAccount) {
  Annotations.of(hub).addWarningV2(
    "muster:no-account",
    "No account is given, so this template is for reading and can be deployed nowhere. Give -c account=… -c region=…, or credentials; docs/operator-guide.md lists the rest.",
  );
}
// What is good enough to look at must not be deployed: it would page nobody, or at anybody's word.
const complain = (id: string, message: string): void =>
  settings.account === nobodysAccount
    ? Annotations.of(hub).addWarningV2(id, message)
    : Annotations.of(hub).addError(message);
if (demoKeys.length > 0)
  complain(
    "muster:demo-keys",
    `${settings.config}: ${demoKeys.join(", ")}: the sample's demo keys are known to everybody. Make new ones with \`npx muster key\`.`,
  );
if (fictionalNumbers.length > 0)
  complain(
    "muster:fictional-numbers",
    `${settings.config}: ${fictionalNumbers.join(", ")}: numbers for books and films, with nobody behind them. Write your people's own.`,
  );
app.synth();
