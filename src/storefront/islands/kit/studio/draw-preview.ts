/** Draws the picture upright into the square, filling it. On a canvas, since the page's policy lets no blob be an image. */
export async function drawPreview(file: File, canvas: HTMLCanvasElement): Promise<void> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  const paper = canvas.getContext("2d");
  if (!bitmap || !paper) return;
  const side = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  paper.imageSmoothingQuality = "high";
  paper.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  canvas.dataset["drawn"] = "";
}
