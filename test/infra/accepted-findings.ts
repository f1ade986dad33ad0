// Findings of cdk-nag that are as we want them, each with the reason. What is not here fails the test; so does a line
// that nothing needs any more.

export interface Accepted {
  readonly rule: string;
  readonly where: RegExp;
  readonly because: string;
}

export const acceptedFindings: readonly Accepted[] = [
  {
    rule: "AwsSolutions-APIG4",
    where: /\/Route POST --alerts--/,
    because: "monitoring has no OIDC token; receive-alert asks for the source's own key",
  },
  {
    rule: "AwsSolutions-APIG4",
    where: /\/Route POST --twilio--/,
    because: "Twilio signs its calls, and the function checks the signature over the configured address",
  },
  {
    rule: "AwsSolutions-APIG4",
    where: /\/Route GET --(|assets--\{file\}|incidents--\{id\})\//,
    because: "the page that signs people in: it holds no data, all of which comes from routes with sign-in",
  },
  {
    rule: "AwsSolutions-APIG4",
    where: /\/Route (GET|POST) --a--\{token\}\//,
    because: "the address is the right: answer-link checks its signature, its page and its time",
  },
  {
    rule: "AwsSolutions-APIG4",
    where: /\/Route (GET|POST) --teams--messages\//,
    because:
      "the Bot Framework brings a token of its own, which receive-activity verifies; to a look nothing is told",
  },
  {
    rule: "AwsSolutions-SQS3",
    where: /\/(FeedGivenUp|Operator\w+Unsaid)\//,
    because: "these are dead-letter queues themselves, of a mapping and of a rule's target",
  },
  {
    rule: "Serverless-SQSRedrivePolicy",
    where: /\/(\w+DeadLetters|FeedGivenUp|Operator\w+Unsaid)\//,
    because: "a dead-letter queue is the end of the way; its alarm calls the operator",
  },
  {
    rule: "Serverless-SNSRedrivePolicy",
    where: /\/Operator\//,
    because:
      "SNS tries an e-mail again for days by itself, and nobody would look into a queue of unsent mails",
  },
  {
    rule: "Serverless-LambdaDLQ",
    where: /./,
    because:
      "a dead letter of Lambda's own is for asynchronous calls; ours come from queues, the feed or a request",
  },
  {
    rule: "Serverless-LambdaTracing",
    where: /./,
    because: "the timeline tells what happened; tracing would be one more call while somebody is being paged",
  },
  {
    rule: "Serverless-LambdaEventSourceMappingDestination",
    where: /\/Queue\/Resource$/,
    because:
      "for a queue Lambda knows no failure destination: what fails five times goes to the queue's dead letters",
  },
  {
    rule: "Serverless-LambdaAsyncFailureDestination",
    where: /\/(FireTimers|HandOnAlerts|ProbeSite)\//,
    because: "what is looked at every minute is looked at again in a minute; that it fails raises an alarm",
  },
  {
    rule: "Serverless-EventBusDLQ",
    where: /EveryMinute\//,
    because: "a tick of a minute ago is worth nothing; that no sweep comes raises an alarm",
  },
];
