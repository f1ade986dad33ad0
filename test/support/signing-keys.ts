// Keys that are published over HTTP, as the chat publishes its own, and tokens signed with them in every way, right and wrong.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** As it is published. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** The public half as text: a secret to whoever mistakes it for one. */
  readonly text: string;
}

export async function signingKey(
  kid: string,
  shown: Readonly<Record<string, unknown>> = { endorsements: ["msteams"] },
): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    kid,
    privateKey,
    shown: { ...jwk, kid, use: "sig", ...shown },
    text: await exportSPKI(publicKey),
  };
}

export const signed = ({ kid, privateKey }: SigningKey, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(privateKey);

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signed by nobody. */
export const unsigned = (kid: string, claims: JWTPayload): string =>
  `${encoded({ alg: "none", kid, typ: "JWT" })}.${encoded(claims)}.`;

/** With the public key as if it were a secret that both sides have. */
export const signedByPublicKey = ({ kid, text }: SigningKey, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", kid, typ: "JWT" })
    .sign(new TextEncoder().encode(text));

export type Publisher = Awaited<ReturnType<typeof publisher>>;

/** Where keys are fetched from; it counts, and does what it is told. */
export async function publisher(...first: readonly SigningKey[]) {
  let keys = first;
  let trouble: { readonly status: number; readonly body: string } | "reset" | undefined;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (trouble === "reset") request.destroy();
    else if (trouble !== undefined) response.writeHead(trouble.status).end(trouble.body);
    else response.writeHead(200).end(JSON.stringify({ keys: keys.map(({ shown }) => shown) }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    get asked() {
      return asked;
    },
    publish(...now: readonly SigningKey[]): void {
      keys = now;
    },
    fail(how: typeof trouble): void {
      trouble = how;
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
