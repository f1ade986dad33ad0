// The certificate of a domain of one's own: API Gateway takes only one that is issued, and for that name.
import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import type { Settings } from "../settings.ts";
import { type Aws, unlessMissing } from "./aws.ts";
import { type Check, type Finding, fault } from "./check.ts";

export const certificateCheck = (
  { name, certificate }: NonNullable<Settings["domain"]>,
  { region }: Settings,
  { acm }: Aws,
): Check => ({
  title: "certificate",
  needs: ["region", "domain", "certificate"],
  async run() {
    const found = await unlessMissing(
      acm.send(new DescribeCertificateCommand({ CertificateArn: certificate })),
      (error) => error.name === "ResourceNotFoundException",
    );
    const request = `aws acm request-certificate --domain-name ${name} --validation-method DNS --region ${region}`;
    if (found?.Certificate === undefined)
      return [
        fault("certificate", `${certificate} is not in this account and region`, `${request} makes one`),
      ];
    const { Status, FailureReason, DomainName, SubjectAlternativeNames = [] } = found.Certificate;
    const findings: Finding[] = [];
    if (Status !== "ISSUED")
      findings.push(
        fault(
          "certificate",
          `is ${Status ?? "of no known status"}${FailureReason === undefined ? "" : ` (${FailureReason})`}, not ISSUED`,
          Status === "PENDING_VALIDATION"
            ? `write the CNAME record into your zone and wait: aws acm describe-certificate --certificate-arn ${certificate} --region ${region} --query "Certificate.DomainValidationOptions[].ResourceRecord"`
            : `request a new one: ${request}`,
        ),
      );
    const names = [...new Set([DomainName ?? "", ...SubjectAlternativeNames])];
    if (!names.some((each) => covers(each, name)))
      findings.push(fault("certificate", `is for ${names.join(", ")}, and not for ${name}`, request));
    return findings;
  },
});

/** A star stands for one label: https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const covers = (pattern: string, name: string): boolean =>
  pattern.startsWith("*.") ? name.slice(name.indexOf(".")) === pattern.slice(1) : pattern === name;
