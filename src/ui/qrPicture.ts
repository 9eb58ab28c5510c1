// A QR code as one path of unit squares: the drawing needs neither canvas nor a data: address, and prints sharp.

export type QrPicture = { size: number; path: string };

export async function qrPictureOf(text: string): Promise<QrPicture> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  return { size: modules.size, path };
}
