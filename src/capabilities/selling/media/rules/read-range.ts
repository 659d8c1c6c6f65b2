/** One range of a Range header (RFC 9110, 14.1.2) within `size` bytes; undefined when it cannot be satisfied or is not one. */
export function readRange(header: string, size: number): { offset: number; length: number } | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  const [first, last] = [found?.[1] ?? "", found?.[2] ?? ""];
  if (first === "" && last === "") return undefined;
  const offset = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return offset <= end && offset < size ? { offset, length: end - offset + 1 } : undefined;
}
