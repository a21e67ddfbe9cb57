import type { Page } from '@playwright/test';

/** A drawn picture, as a file to upload. */
export async function picture(page: Page, name: string, colours: [string, string], width = 900, height = 1125) {
  const url = await page.evaluate(([colours, width, height]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = colours[0];
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = colours[1];
    pen.beginPath();
    pen.arc(width / 2, height / 2, width / 3, 0, 7);
    pen.fill();
    return canvas.toDataURL('image/webp', 0.9);
  }, [colours, width, height] as const);
  return { name, mimeType: 'image/webp', buffer: Buffer.from(url.split(',')[1], 'base64') };
}
