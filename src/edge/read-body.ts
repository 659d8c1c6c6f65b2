import { type Result, refused } from "../platform/result.ts";

/** JSON bodies above this are refused unread; uploads name their own bound. */
export const JSON_BYTES_MAX = 1_048_576;
const DEPTH_MAX = 64;
/** How long a body may take to arrive. */
const BODY_MS_MAX = 20_000;

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

type BodyRefusal = "malformed_body" | "body_too_large" | "body_too_slow" | "unsupported_media_type";

/** Reads a body as text, holding at most `bytesMax`: strict UTF-8, whatever Content-Length claims. */
export async function readText(request: Request, bytesMax: number): Promise<Result<string, BodyRefusal>> {
  const tooLarge = refused("body_too_large", `The body is larger than ${bytesMax} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) return tooLarge;
  if (request.headers.has("content-encoding"))
    return refused("unsupported_media_type", "Send the body without a Content-Encoding.");
  const arrived = await receive(request, bytesMax);
  if (!arrived.ok) return arrived;
  const bytes = arrived.value;
  if (!bytes || bytes.byteLength > bytesMax) return tooLarge;
  try {
    return { ok: true, value: strictUtf8.decode(bytes) };
  } catch {
    return refused("malformed_body", "The body is not valid UTF-8.");
  }
}

/** The bytes, or none where there are more than `bytesMax`; a sender who stops sending is not waited for. */
async function receive(
  request: Request,
  bytesMax: number,
): Promise<Result<Uint8Array | ArrayBuffer | undefined, BodyRefusal>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), BODY_MS_MAX);
  });
  const whole = request.headers.has("content-length") ? request.arrayBuffer() : readBounded(request, bytesMax);
  try {
    const value = await Promise.race([whole, late]);
    if (value !== "late") return { ok: true, value };
    return refused("body_too_slow", `The body did not arrive within ${BODY_MS_MAX / 1000} seconds.`);
  } catch {
    return refused("malformed_body", "The body broke off, or its chunks are not what HTTP says.");
  } finally {
    clearTimeout(timer);
  }
}

async function readBounded(request: Request, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parses one JSON value. Duplicate keys, NUL, lone surrogates and nesting beyond 64 are refused, not guessed at. */
export function parseJson(text: string): Result<unknown, "malformed_body"> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("malformed_body", "The body is not one valid JSON value.");
  }
  const flaw = structuralFlaw(text) ?? (text.includes("\\u") ? textFlaw(value) : undefined);
  return flaw ? refused("malformed_body", flaw) : { ok: true, value };
}

/** Walks valid JSON text once and finds what JSON.parse hides: depth and keys given twice. */
function structuralFlaw(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "{" || char === "[") {
      if (open.push(char === "{" ? new Set() : null) > DEPTH_MAX)
        return `The body nests deeper than ${DEPTH_MAX} levels.`;
    } else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const end = endOfString(text, i);
      const keys = open.at(-1);
      if (keys && isFollowedByColon(text, end)) {
        const key: string = JSON.parse(text.slice(i, end + 1));
        if (keys.has(key)) return `The key ${JSON.stringify(key).slice(0, 80)} is given twice.`;
        keys.add(key);
      }
      i = end;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}

function isFollowedByColon(text: string, end: number): boolean {
  let i = end + 1;
  while (text[i] === " " || text[i] === "\n" || text[i] === "\r" || text[i] === "\t") i++;
  return text[i] === ":";
}

/** JSON.stringify writes NUL and lone surrogates, and no other text, as these escapes. */
const ESCAPED_FLAW = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const textFlaw = (value: unknown): string | undefined =>
  ESCAPED_FLAW.test(JSON.stringify(value)) ? "The body holds a NUL or half a surrogate pair." : undefined;
