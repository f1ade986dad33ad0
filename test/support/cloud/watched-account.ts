// An alarm of CloudWatch, as the account of the sample's source puts it on a bus, and the bus that others may put it on.
import { rules } from "./deployment.ts";

export const intakeBus: string =
  rules.find(({ bus, pattern }) => bus !== "default" && JSON.stringify(pattern).includes("aws.cloudwatch"))
    ?.bus ?? "";

export const watchedAlarm = (alarmName: string) => ({
  source: "aws.cloudwatch",
  "detail-type": "CloudWatch Alarm State Change",
  account: "111122223333",
  resources: [`arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${alarmName}`],
  detail: {
    alarmName,
    state: { value: "ALARM", reason: "Threshold Crossed", timestamp: "2026-11-21T02:00:00.000+0000" },
    previousState: { value: "OK", timestamp: "2026-11-21T01:00:00.000+0000" },
    configuration: { metrics: [] },
  },
});
