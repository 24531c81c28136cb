"""How a page is looked at: by axe, by width, by picture."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()


def assert_accessible(page) -> None:
    """axe finds nothing."""
    found = AXE.run(page).response["violations"]
    said = [f"{each['id']}: {each['help']}\n    {each['nodes'][0]['html'][:300]}" for each in found]
    assert not said, f"axe on {page.url}:\n" + "\n".join(said)


def assert_fits(page) -> None:
    """Nothing makes the reader scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than its window"


def assert_targets(page) -> None:
    """What a thumb must hit is 44 px high or wide enough to hit; links inside text are excepted, as WCAG does."""
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, [role=button], input:not([type=hidden]), select, textarea")]
            .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
            .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect(), each])
            .filter(([, box, each]) => box.height > 1 && box.height < 43.5 && !each.closest("label"))
            .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
    )
    assert not small, f"Too small on {page.url}:\n" + "\n".join(small)


def picture(page, name: str) -> Path:
    """Keep a picture for human eyes, below the tests' data folder."""
    path = Path(os.environ["VAR_DIR"]) / "pictures" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


def look(page) -> None:
    """Everything above that must hold on every page."""
    assert_accessible(page)
    assert_fits(page)
