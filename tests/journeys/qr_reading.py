"""Reads a QR code as a tablet does: from what is painted, not from what the page says of it."""

import base64

import zxingcpp
from playwright.sync_api import Locator

# The browser itself takes its picture apart into shades of grey.
_SHADES = """async (png) => {
    const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const shades = canvas.getImageData(0, 0, picture.width, picture.height).data.filter((_, at) => at % 4 === 1);
    return [picture.width, picture.height, btoa(Array.from(shades, (shade) => String.fromCharCode(shade)).join(""))];
}"""


def read_qr(place: Locator) -> str:
    """What the QR code painted at this place of a page says."""
    width, height, shades = place.page.evaluate(_SHADES, base64.b64encode(place.screenshot()).decode())
    [found] = zxingcpp.read_barcodes(memoryview(base64.b64decode(shades)).cast("B", (height, width)))
    return str(found.text)
