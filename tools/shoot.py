"""Screenshots of a running desk's pages: 1280 and 390 wide, light and dark, into a folder.

usage: tools/shoot.py ADDRESS FOLDER PATH… (`/incidents` becomes incidents-1280-light.png)
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")


def main(address: str, folder: Path, paths: list[str]) -> None:
    """Write a picture of each page, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = os.environ.get("SAYSO_TEST_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                size = {"width": width, "height": 900}
                context = browser.new_context(viewport=size, color_scheme=scheme)
                page = context.new_page()
                page.on("console", lambda m: print(f"{m.type}: {m.text}"))
                for path in paths:
                    page.goto(address + path, wait_until="load")
                    page.wait_for_timeout(300)
                    name = re.sub(r"\W+", "-", path).strip("-") or "start"
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
