"""How three people find their way through the report, click by click."""

from playwright.sync_api import Page

BILL = "The billing manager looks into an estimated bill"


def billing_manager(page: Page) -> None:
    """From the verdict to why a bill is estimated."""
    row = page.get_by_role("row").filter(has_text=BILL)
    row.get_by_role("link", name=BILL).click()
    page.get_by_role("navigation", name="In this scenario").get_by_role("link", name="Energy").click()
    page.locator(".plot canvas").first.wait_for()


def a_tester(page: Page) -> None:
    """From the findings to the bytes of a message that does not conform."""
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Findings").click()
    broken = page.locator("article.broken", has_text="MR-06").first
    broken.get_by_role("link", name="message").click()
    page.locator(".message mark").first.wait_for()


def release_manager(page: Page) -> None:
    """From the verdict to what is new since last week."""
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Trends").click()
    choice = page.get_by_role("combobox", name="since")
    last_week = next(words for words in choice.locator("option").all_inner_texts() if words.startswith("last week"))
    choice.select_option(label=last_week)
    page.locator("#course canvas").wait_for()
