/** `ios`, `android` or `web`, by what the browser or app says of itself; iPads that pretend to be Macs are `web`. */
export function deviceOf(userAgent: string, platform: string): "ios" | "android" | "web" {
  const said = platform.toLowerCase();
  if (said.includes("android")) return "android";
  if (said.includes("ios")) return "ios";
  if (/\b(?:iPhone|iPad|iPod|CFNetwork)\b/.test(userAgent)) return "ios";
  return /\bAndroid\b/.test(userAgent) ? "android" : "web";
}
