/** The same stream, which says how many bytes it carried when it has ended or its reader has left; one that breaks says nothing. */
export function countBytes(
  body: ReadableStream<Uint8Array>,
  ended: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        ended(bytes);
        return controller.close();
      }
      bytes += value.byteLength;
      controller.enqueue(value);
    },
    async cancel(reason) {
      ended(bytes);
      await reader.cancel(reason);
    },
  });
}
