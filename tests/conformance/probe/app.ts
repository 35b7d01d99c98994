// The probe as a CDK app of its own. The local cloud runs what it synthesizes; an account gets it by
//
//   npx cdk deploy --app "npx tsx tests/conformance/probe/app.ts" --outputs-file probe-outputs.json

import { App } from "aws-cdk-lib";
import { ProbeStack } from "./probe-stack";

const app = new App({ analyticsReporting: false });
new ProbeStack(app, "ParleyProbe");
app.synth();
