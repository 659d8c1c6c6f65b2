const ADDRESS = /^(https?:\/\/[^/?#]+)\/canary-build\//;

/**
 * Styles and scripts of the canary's pages lie below an address of their own (see storefront/built.ts), since the names of both
 * releases' files are the same: the stable Worker passes the request on, the canary takes the file from its own assets.
 */
export function serveCanaryAsset(request: Request, env: Env): Promise<Response> | undefined {
  if (!ADDRESS.test(request.url)) return undefined;
  if (env.RELEASE === "canary")
    return env.ASSETS.fetch(new Request(request.url.replace(ADDRESS, "$1/build/"), request));
  return env.CANARY?.fetch(request);
}
