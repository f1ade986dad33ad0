// Keys of its own, and tokens signed with them as the Bot Framework and Entra sign theirs: RS256, the key named by `kid`.
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

export type Claims = Readonly<Record<string, unknown>>;

export interface SigningKey {
  /** As a JWKS shows it. */
  readonly shown: JsonWebKey & { readonly kid: string };
  token(claims: Claims): string;
  /** What a token of this key says; undefined for every other text. */
  read(token: string): Claims | undefined;
}

/** Made once in a process, when it is first asked for: making one takes a moment. */
export const botFrameworkKey = once();
/** Another one than the Bot Framework's: a token of Entra must not pass for one of a channel's. */
export const entraKey = once();

function once(): () => SigningKey {
  let made: SigningKey | undefined;
  return () => (made ??= newKey());
}

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const shown = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(String(shown.n)).digest("base64url").slice(0, 27);
  return {
    shown: { ...shown, use: "sig", kid, x5t: kid },
    token: (claims) => signed(claims, kid, privateKey),
    read: (token) => readBy(createPublicKey(privateKey), token),
  };
}

function signed(claims: Claims, kid: string, key: KeyObject): string {
  const head = encoded({ alg: "RS256", kid, x5t: kid, typ: "JWT" });
  const content = `${head}.${encoded(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

function readBy(key: KeyObject, token: string): Claims | undefined {
  const [head, claims, signature, more] = token.split(".");
  if (head === undefined || claims === undefined || signature === undefined || more !== undefined)
    return undefined;
  const given = Buffer.from(signature, "base64url");
  if (!verify("sha256", Buffer.from(`${head}.${claims}`), key, given)) return undefined;
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Claims;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
