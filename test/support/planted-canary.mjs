/** Stands where the canary Worker is and does what the header `x-plant` says. */
export default {
  async fetch(request) {
    const plant = request.headers.get("x-plant");
    if (plant === "throw") throw new Error("planted failure");
    if (plant === "500") return new Response("planted failure", { status: 500 });
    if (plant === "slow") await new Promise((resume) => setTimeout(resume, 30));
    if (plant === "hang") await new Promise((resume) => setTimeout(resume, 60_000));
    const { method, url } = request;
    return Response.json(
      {
        canary: true,
        method,
        path: new URL(url).pathname,
        tag: request.headers.get("x-gray-tag"),
        body: await request.text(),
      },
      { headers: { "x-gray-tag": request.headers.get("x-gray-tag") ?? "" } },
    );
  },
};
