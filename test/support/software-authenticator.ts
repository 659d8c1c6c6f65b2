const UP_UV_AT = 0x45;
const UP_UV = 0x05;

interface Options {
  challenge: string;
  origin: string;
  rpId: string;
}

/** What a passkey sends to prove itself, as our API takes it. */
export interface Proof {
  credential_id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string;
}

/** A passkey in software (WebAuthn level 3): a P-256 key that signs whatever it is told to, with attestation `none`. */
export class SoftwareAuthenticator {
  readonly id = crypto.getRandomValues(new Uint8Array(16));
  private counter = 0;

  private constructor(
    private readonly pair: CryptoKeyPair,
    private readonly userHandle: string,
  ) {}

  static async make(userHandle: string): Promise<SoftwareAuthenticator> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
    return new SoftwareAuthenticator(pair, userHandle);
  }

  get credentialId(): string {
    return url64(this.id);
  }

  /** Registers: the attestation object of section 6.5.4, `{fmt: "none", attStmt: {}, authData}` in CBOR. */
  async register({ challenge, origin, rpId }: Options) {
    const jwk = (await crypto.subtle.exportKey("jwk", this.pair.publicKey)) as JsonWebKey;
    const [x, y] = [jwk.x, jwk.y].map((it) => Buffer.from(it ?? "", "base64url"));
    // COSE_Key: kty EC2, alg ES256, crv P-256, x, y (RFC 9053).
    const key = Buffer.concat([hex("a5010203262001215820"), x ?? hex(""), hex("225820"), y ?? hex("")]);
    const data = Buffer.concat([await this.authData(rpId, UP_UV_AT), Buffer.alloc(16), hex("0010"), this.id, key]);
    const length = Buffer.from([0x58, data.length]);
    const attestation = Buffer.concat([hex("a363666d74646e6f6e656761747453746d74a0686175746844617461"), length, data]);
    return {
      credential_id: this.credentialId,
      client_data: clientData("webauthn.create", challenge, origin),
      attestation_object: url64(attestation),
      transports: ["internal"],
    };
  }

  async prove({ challenge, origin, rpId }: Options): Promise<Proof> {
    this.counter += 1;
    const data = await this.authData(rpId, UP_UV);
    const client = clientData("webauthn.get", challenge, origin);
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(client, "base64url")));
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const raw = Buffer.from(await crypto.subtle.sign(algorithm, this.pair.privateKey, Buffer.concat([data, hash])));
    return {
      credential_id: this.credentialId,
      client_data: client,
      authenticator_data: url64(data),
      signature: url64(asDer(raw)),
      user_handle: this.userHandle,
    };
  }

  private async authData(rpId: string, flags: number): Promise<Buffer> {
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(rpId)));
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([hash, Buffer.from([flags]), counter]);
  }
}

const url64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const hex = (text: string): Buffer => Buffer.from(text, "hex");

const clientData = (type: string, challenge: string, origin: string): string =>
  url64(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));

/** WebCrypto signs as r and s side by side; WebAuthn wants them as a DER sequence of two integers. */
function asDer(raw: Buffer): Buffer {
  const integer = (bytes: Buffer): Buffer => {
    let at = 0;
    while (at < bytes.length - 1 && bytes[at] === 0) at += 1;
    const body = (bytes[at] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes.subarray(at)]) : bytes.subarray(at);
    return Buffer.concat([Buffer.from([2, body.length]), body]);
  };
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
