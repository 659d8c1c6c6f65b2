import { log } from "../../../../platform/log.ts";
import type { KeptPasskey } from "../store/passkeys.ts";

/** For whom and what a browser must have signed. */
interface Expected {
  origin: string;
  rpId: string;
  challenge: string;
}

interface MadePasskey {
  credential_id: string;
  client_data: string;
  attestation_object: string;
  transports: readonly string[];
}

interface PasskeyProof {
  credential_id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string;
}

/** The library weighs 93 KB gzip and few requests need it. Its parser knows a sequence by its class's name, which no bundle keeps. */
async function webauthn() {
  const { Sequence } = await import("asn1js");
  Object.defineProperty(Sequence, "name", { value: "Sequence" });
  return import("@simplewebauthn/server");
}

/** What to keep of a new passkey, if it was made here, for this challenge, by somebody who showed the device that it is them. */
export async function readNewPasskey(
  { credential_id: id, client_data, attestation_object, transports }: MadePasskey,
  { origin, rpId, challenge }: Expected,
  algorithms: number[],
): Promise<Pick<KeptPasskey, "credentialId" | "publicKey" | "counter" | "transports"> | undefined> {
  const { verifyRegistrationResponse } = await webauthn();
  const verified = await orNothing(
    verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON: client_data, attestationObject: attestation_object },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      supportedAlgorithmIDs: algorithms,
    }),
  );
  const credential = verified?.verified ? verified.registrationInfo?.credential : undefined;
  return (
    credential && {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: [...transports],
    }
  );
}

/** The passkey's new count of uses if this is its proof; a count that does not grow is that of a copy and proves nothing. */
export async function provesPasskey(
  { credential_id: id, client_data, authenticator_data, signature, user_handle }: PasskeyProof,
  { origin, rpId, challenge }: Expected,
  kept: KeptPasskey,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await webauthn();
  const verified = await orNothing(
    verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: client_data,
          authenticatorData: authenticator_data,
          signature,
          userHandle: user_handle,
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: { id, publicKey: new Uint8Array(Buffer.from(kept.publicKey, "base64url")), counter: kept.counter },
    }),
  );
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
}

/** The library throws at whatever is wrong with what a browser sent; to us that is a refusal, and the log has its words. */
async function orNothing<Value>(verifying: Promise<Value>): Promise<Value | undefined> {
  try {
    return await verifying;
  } catch (error) {
    log("info", "passkey_refused", { error: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}
