/**
 * Where people reach `host`, for links that are followed later (`https://lamps.example`). Scheme and port are the platform's own, never
 * those of a request, which its sender chooses; so is the host, unless it led to the shop.
 */
export function publicOrigin(env: Pick<Env, "PLATFORM_DOMAIN" | "PLATFORM_ORIGIN">, host: string): string {
  const { protocol, port } = new URL(env.PLATFORM_ORIGIN || `https://${env.PLATFORM_DOMAIN}`);
  return `${protocol}//${host}${port && `:${port}`}`;
}
