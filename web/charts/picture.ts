import type uPlot from 'uplot';

/** Saves what is seen of a chart as a PNG, on the page's own ground. */
export function savePicture({ ctx }: uPlot, title: string, place: Element | null): void {
  const { canvas } = ctx;
  const picture = document.createElement('canvas');
  const head = 36 * devicePixelRatio;
  picture.width = canvas.width;
  picture.height = canvas.height + head;
  const pen = picture.getContext('2d');
  if (!pen || !place) return;
  const style = getComputedStyle(place);
  pen.fillStyle = style.getPropertyValue('--surface');
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = style.color;
  pen.font = `600 ${14 * devicePixelRatio}px system-ui, sans-serif`;
  pen.fillText(title, 12 * devicePixelRatio, 23 * devicePixelRatio);
  pen.drawImage(canvas, 0, head);
  const link = document.createElement('a');
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.png`;
  link.href = picture.toDataURL('image/png');
  link.click();
}
