"""The looks of our pages, light and dark, on the screen and on paper."""

from importlib.resources import files

NAMES = ("colours", "page", "tables", "overview", "scenarios", "scene", "truth", "messages", "trends", "certificate", "print")


def ours(*also: str) -> str:
    """Our own style sheets, as one. also: further ones, such as that of a page with its contents at the side."""
    folder = files("reports.site") / "styles"
    return "\n".join((folder / f"{name}.css").read_text("utf-8").strip() for name in (*NAMES, *also))


def with_libraries() -> str:
    """The same, behind what the chart library needs."""
    library = files("reports.site") / "vendor" / "uplot-1.6.32.min.css"
    return f"{library.read_text('utf-8').strip()}\n{ours()}"
