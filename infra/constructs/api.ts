// The one door for HTTP: routes from the table, sign-in before any row that asks for it, a log without secrets.
import { CfnOutput, Fn, NestedStack, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  ApiMapping,
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Route } from "../../functions/subscriptions.ts";
import type { Settings } from "../settings.ts";

/** Requests per second, and how many may come at once. Intake has its own measure, so that a storm of alerts can't use
 * up the share of people's answers; whoever is refused is told to come again (429), and monitoring does. */
const usual = { rateLimit: 100, burstLimit: 200 };
const intake = { rateLimit: 500, burstLimit: 1000 };

// The route and never the path: a source's key may stand in the path, and a log is no place for a key.
const logged = {
  at: "$context.requestTimeEpoch",
  request: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  integrationStatus: "$context.integrationStatus",
  latency: "$context.responseLatency",
  size: "$context.responseLength",
  ip: "$context.identity.sourceIp",
  error: "$context.error.message",
  authorizerError: "$context.authorizer.error",
};

export interface Door {
  readonly api: HttpApi;
  /** Where the world reaches us, without a slash at its end. */
  readonly publicUrl: string;
  readonly log: LogGroup;
  open(routes: readonly Route[], target: LambdaFunction, signedIn: boolean): void;
}

export function door(scope: Construct, settings: Settings): Door {
  const api = new HttpApi(scope, "Api", { createDefaultStage: false, description: "Muster" });
  const log = new LogGroup(scope, "ApiLog", {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = new HttpStage(scope, "ApiStage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: usual,
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(JSON.stringify(logged)),
    },
  });
  const { issuer } = settings.signIn;
  const scopes = scopesNeeded(settings);
  const people = new HttpJwtAuthorizer("People", issuer, { jwtAudience: [...audiences(settings, api)] });
  const measures: Record<string, Readonly<Record<string, number>>> = {};
  // Nothing but the stage points at a route, so all of them fit into a stack of their own; the address stays outside.
  const ways = new NestedStack(scope, "Routes", { description: "Muster: the routes of its door" });

  return {
    api,
    log,
    publicUrl:
      settings.domain === undefined ? api.apiEndpoint : ownDomain(scope, api, stage, settings.domain),
    open(routes, target, signedIn) {
      const integration = new HttpLambdaIntegration(`${target.node.id}Integration`, target);
      for (const key of routes) {
        const [method, path] = key.split(" ", 2) as [keyof typeof HttpMethod, string];
        const route = new HttpRoute(ways, `Route ${key}`, {
          httpApi: api,
          routeKey: HttpRouteKey.with(path, HttpMethod[method]),
          integration,
          authorizer: signedIn ? people : new HttpNoneAuthorizer(),
          ...(signedIn && scopes.length > 0 ? { authorizationScopes: scopes } : {}),
        });
        if (!path.startsWith("/alerts/")) continue;
        measures[key] = { ThrottlingRateLimit: intake.rateLimit, ThrottlingBurstLimit: intake.burstLimit };
        // A stage can only measure a route that is there.
        stage.node.addDependency(route);
        (stage.node.defaultChild as CfnStage).routeSettings = measures;
      }
    },
  };
}

/** The scope of a tab in Teams, by Microsoft's own convention. */
const tabScope = "access_as_user";

/** One of them is enough for the gateway; signed-in.ts asks each audience's token for its own. */
const scopesNeeded = ({ signIn: { scope }, teamsTabApp }: Settings): string[] =>
  scope === undefined ? [] : [...new Set([scope, ...(teamsTabApp === undefined ? [] : [tabScope])])];

/** Of the tab's application both names, by which its tokens may call it. A bot's is none of them. */
function audiences({ signIn, teamsTabApp, domain }: Settings, api: HttpApi): ReadonlySet<string> {
  if (teamsTabApp === undefined) return new Set([signIn.audience]);
  const host = domain?.name ?? Fn.select(2, Fn.split("/", api.apiEndpoint));
  return new Set([signIn.audience, teamsTabApp, `api://${host}/${teamsTabApp}`]);
}

function ownDomain(
  scope: Construct,
  api: HttpApi,
  stage: HttpStage,
  { name, certificate }: NonNullable<Settings["domain"]>,
): string {
  const domainName = new DomainName(scope, "Domain", {
    domainName: name,
    certificate: Certificate.fromCertificateArn(scope, "Certificate", certificate),
  });
  new ApiMapping(scope, "DomainMapping", { api, domainName, stage });
  new CfnOutput(scope, "DomainTarget", {
    description: `Point ${name} here (CNAME)`,
    value: domainName.regionalDomainName,
  });
  return `https://${name}`;
}
