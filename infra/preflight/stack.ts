// In which state CloudFormation left the stack, and what to do about it.
import { DescribeStacksCommand, type StackStatus } from "@aws-sdk/client-cloudformation";
import { stackName } from "../names.ts";
import type { Settings } from "../settings.ts";
import { type Aws, unlessMissing } from "./aws.ts";
import { type Finding, fault, warning } from "./check.ts";

export interface StackState {
  readonly status: StackStatus;
  readonly isProtected: boolean;
}

/** Undefined where there is none. */
export async function stackState({
  cloudFormation,
}: Pick<Aws, "cloudFormation">): Promise<StackState | undefined> {
  const found = await unlessMissing(
    cloudFormation.send(new DescribeStacksCommand({ StackName: stackName })),
    isUnknown,
  );
  const [stack] = found?.Stacks ?? [];
  if (stack?.StackStatus === undefined) return undefined;
  return { status: stack.StackStatus, isProtected: stack.EnableTerminationProtection === true };
}

/** CloudFormation calls it a ValidationError, as much else, and says it in words alone. */
export const isUnknown = ({ message }: Error): boolean => message.includes("does not exist");

type Kind =
  /** There is nothing to update: the next deployment creates the stack. */
  | "absent"
  | "good"
  /** Its creation failed. The CDK's CLI deletes it before it creates it again (`isCreationFailure` in
   * node_modules/aws-cdk/lib/index.js). */
  | "failed creation"
  /** A deployment with `--no-rollback` stopped half-way. */
  | "paused"
  | "stuck rollback"
  | "undeletable"
  | "busy";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
const kinds: Readonly<Record<StackStatus, Kind>> = {
  CREATE_COMPLETE: "good",
  UPDATE_COMPLETE: "good",
  UPDATE_ROLLBACK_COMPLETE: "good",
  IMPORT_COMPLETE: "good",
  IMPORT_ROLLBACK_COMPLETE: "good",
  REVIEW_IN_PROGRESS: "absent",
  DELETE_COMPLETE: "absent",
  ROLLBACK_COMPLETE: "failed creation",
  ROLLBACK_FAILED: "failed creation",
  DELETE_FAILED: "undeletable",
  CREATE_FAILED: "paused",
  UPDATE_FAILED: "paused",
  UPDATE_ROLLBACK_FAILED: "stuck rollback",
  IMPORT_ROLLBACK_FAILED: "stuck rollback",
  CREATE_IN_PROGRESS: "busy",
  ROLLBACK_IN_PROGRESS: "busy",
  DELETE_IN_PROGRESS: "busy",
  UPDATE_IN_PROGRESS: "busy",
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: "busy",
  UPDATE_ROLLBACK_IN_PROGRESS: "busy",
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: "busy",
  IMPORT_IN_PROGRESS: "busy",
  IMPORT_ROLLBACK_IN_PROGRESS: "busy",
};

export const kindOf = (stack: StackState | undefined): Kind =>
  stack === undefined ? "absent" : (kinds[stack.status] ?? "busy");

/** Whether the next deployment creates the stack, so that a failure of it would take everything back. */
export const isFirst = (stack: StackState | undefined): boolean =>
  ["absent", "failed creation"].includes(kindOf(stack));

export function stackFindings(
  stack: StackState | undefined,
  { region, isProtected }: Settings,
): readonly Finding[] {
  if (stack === undefined) return [];
  const aws = (verb: string): string =>
    `aws cloudformation ${verb} --stack-name ${stackName} --region ${region}`;
  const reasons = `${aws("describe-stack-events")} --query "StackEvents[?ends_with(ResourceStatus,'FAILED')].[LogicalResourceId,ResourceStatusReason]" --output table`;
  const is = (message: string) => `is ${stack.status}: ${message}`;
  switch (kindOf(stack)) {
    case "absent":
      return [];
    case "good":
      return isProtected
        ? []
        : [
            warning(
              "protected",
              "is false, though the stack is there: stack and table would lose their protection",
              "leave the setting out",
            ),
          ];
    case "failed creation":
      return stack.isProtected
        ? [
            fault(
              "stack",
              is("its creation failed, and its protection keeps the next deployment from deleting it"),
              `the table first, as it stands under "tables"; then ${aws("update-termination-protection")} --no-enable-termination-protection`,
            ),
          ]
        : [];
    case "paused":
      return [
        fault(
          "stack",
          is("a deployment with --no-rollback stopped half-way"),
          `see why: ${reasons}; then npx cdk rollback ${stackName}`,
        ),
      ];
    case "stuck rollback":
      return [
        fault(
          "stack",
          is("an update failed, and so did going back"),
          `see why: ${reasons}; fix it, then ${aws("continue-update-rollback")}`,
        ),
      ];
    case "undeletable":
      return [
        fault(
          "stack",
          is("something of it could not be deleted"),
          `see what: ${reasons}; then ${aws("delete-stack")}`,
        ),
      ];
    case "busy":
      return [
        fault("stack", is("CloudFormation is at work on it"), "wait until it is done, and run this again"),
      ];
  }
}

/** What a deployment that failed left behind. */
export function leftBehind(stack: StackState | undefined): string {
  const is = stack === undefined ? "" : `the stack is ${stack.status}`;
  switch (kindOf(stack)) {
    case "absent":
      return "no stack was made";
    case "failed creation":
      return `${is}: CloudFormation took back what it could, and the next deployment deletes the rest`;
    case "good":
      return `${is}: the hub goes on as it was`;
    case "paused":
    case "stuck rollback":
    case "undeletable":
    case "busy":
      return `${is}: \`npx muster preflight\` says what to do`;
  }
}
