import { EXTENSIONS, PICTURE_BYTES_MAX, PICTURE_TYPES } from "../../../../capabilities/selling/media/contract/types.ts";
import { callShop, Refusal } from "./shop-api.ts";

/** Where an upload is; `sending` comes with the percentage that has left. */
export type Step = "hashing" | "sending" | "checking";

export interface Wanted {
  file: File;
  alt: string;
  product: string;
  /** `src` of the product's picture that this one replaces, or empty. */
  replaces: string;
}

export interface Published {
  picture: { src: string; width: number; height: number };
  task: { id: string };
}

/** The type that the file says, or that its name says where the browser knows none. */
function typeOf({ type, name }: File): string | undefined {
  const known = PICTURE_TYPES.find((it) => it === type);
  const extension = name.split(".").at(-1)?.toLowerCase() ?? "";
  return known ?? (type === "" ? PICTURE_TYPES.find((it) => EXTENSIONS[it].includes(extension)) : undefined);
}

/** Why a file need not even be sent, as a code; undefined when it may. */
export function flawOf(file: File): string | undefined {
  if (!typeOf(file)) return "wrong_type";
  if (file.size === 0) return "empty";
  return file.size > PICTURE_BYTES_MAX ? "too_large" : undefined;
}

/** Announces, sends and completes one picture. Throws a Refusal, or an AbortError once `signal` says so. */
export async function sendPicture(
  { file, alt, product, replaces }: Wanted,
  signal: AbortSignal,
  tell: (step: Step, percent: number) => void,
): Promise<Published> {
  tell("hashing", 0);
  const sha256 = await hashInTurn(file, signal);
  const announced = await callShop<{ id: string; url: string; headers: Record<string, string> }>(
    "/media/uploads",
    {
      ...{ filename: nameOf(file), content_type: typeOf(file), size: file.size, sha256, alt },
      ...(product && { product_handle: product }),
      ...(product && replaces && { replaces }),
    },
    signal,
  );
  tell("sending", 0);
  await put(announced, file, signal, (percent) => tell("sending", percent));
  tell("checking", 100);
  return callShop<Published>(`/media/uploads/${announced.id}/complete`, {}, signal);
}

/** Characters that the shop refuses in names (they do not print, turn the writing or make paths) are left out. */
const nameOf = ({ name }: File): string =>
  name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:]/gu, "").slice(-200) || "picture";

let turn: Promise<unknown> = Promise.resolve();

/**
 * WebCrypto takes a file as a whole, so files are read one after the other: however many are chosen, one of at most 20 MB is in
 * memory. The upload itself streams from the disk.
 */
function hashInTurn(file: File, signal: AbortSignal): Promise<string> {
  const mine = turn.then(async () => {
    signal.throwIfAborted();
    const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/** By XMLHttpRequest, since fetch does not tell how much has left. */
function put(
  { url, headers }: { url: string; headers: Record<string, string> },
  file: File,
  signal: AbortSignal,
  tell: (percent: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.upload.onprogress = (event) => tell(Math.round((100 * event.loaded) / file.size));
    call.onload = () => (call.status === 200 ? resolve() : reject(refusalOf(call)));
    call.onerror = () => reject(new Refusal("network", ""));
    call.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => call.abort(), { once: true });
    call.send(file);
  });
}

/** Ours is a problem document; that of R2 is XML and only its status tells. */
function refusalOf({ status, responseText }: XMLHttpRequest): Refusal {
  try {
    const { code, detail } = JSON.parse(responseText);
    return new Refusal(String(code), String(detail));
  } catch {
    return new Refusal(status === 403 ? "upload_expired" : "network", String(status));
  }
}
