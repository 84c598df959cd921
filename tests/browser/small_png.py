"""Pictures for the docs at a third of their size: 256 colours are plenty. The browser itself counts them."""

import base64
import struct
import zlib

from playwright.sync_api import Page

COUNT = """async (png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const times = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    times.set(colour, (times.get(colour) ?? 0) + 1);
  }
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const palette = [...times].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => parts(colour));
  const nearest = new Map();
  const place = (colour) => {
    if (!nearest.has(colour)) {
      const [r, g, b] = parts(colour);
      const far = palette.map(([x, y, z]) => (x - r) ** 2 + (y - g) ** 2 + (z - b) ** 2);
      nearest.set(colour, far.indexOf(Math.min(...far)));
    }
    return nearest.get(colour);
  };
  let dots = '';
  for (let at = 0; at < data.length; at += 4) {
    dots += String.fromCharCode(place((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]));
  }
  return { width, height, palette: palette.flat(), dots: btoa(dots) };
}"""


def small(page: Page, png: bytes) -> bytes:
    """The same picture with its 256 commonest colours, every other drawn in the nearest of them."""
    blank = page.context.new_page()
    found = blank.evaluate(COUNT, base64.b64encode(png).decode())
    blank.close()
    width, height, dots = found["width"], found["height"], base64.b64decode(found["dots"])
    rows = b"".join(b"\0" + dots[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(found["palette"])), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
