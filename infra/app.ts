// The CDK's entry: reads what the operator said, bundles every function, and draws the cloud picture.
import { Annotations, App } from "aws-cdk-lib";
import { bundleFunctions } from "./bundle.ts";
import { HubStack } from "./hub-stack.ts";
import { nobodysAccount, readSettings } from "./settings.ts";

const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name), {
  account: process.env["CDK_DEFAULT_ACCOUNT"],
  region: process.env["CDK_DEFAULT_REGION"],
});
const { bundleOf, demoKeys } = await bundleFunctions({ config: settings.config });
const hub = new HubStack(app, "Muster", { settings, bundleOf });
if (settings.account === nobodysAccount) {
  Annotations.of(hub).addWarningV2(
    "muster:no-account",
    "No account is given, so this template is for reading and can be deployed nowhere. Give -c account=… -c region=…, or credentials; docs/operator-guide.md lists the rest.",
  );
}
if (demoKeys.length > 0) {
  Annotations.of(hub).addWarningV2(
    "muster:demo-keys",
    `${demoKeys.join(", ")}: the sample's demo keys are known to everybody. Make new ones with \`npx muster key\`.`,
  );
}
app.synth();
