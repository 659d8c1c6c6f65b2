import type { PictureType } from "../contract/types.ts";
import { EXTENSIONS } from "../contract/types.ts";

/** Marks that turn the direction of writing, so that `gpj.exe` reads `exe.jpg`, and letters that do not print. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Why a file may not be called this, or undefined. The name is shown to staff only; no key or path is made of it. */
export function nameFlaw(name: string, type: PictureType): string | undefined {
  if (UNPRINTABLE.test(name)) return "The name has characters that do not print or that turn the direction of writing.";
  if (/[\\/:]/.test(name) || /^\.+$/.test(name)) return "The name is a path. Send the bare file name.";
  const extension = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined && !EXTENSIONS[type].includes(extension))
    return `A file of type ${type} is not called .${extension.slice(0, 12)}.`;
  return undefined;
}
