"""A person at the browser: what she does to get somewhere, and what must be true of every page she meets."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, Response

from tests.journeys.site import Site, answer_keys

FIRST_DAY = "middle/help/the-first-day"
FIRST_DAY_CODE, FIRST_DAY_TITLE = "B5.1", "알게 된 첫날 할 일"
FAILED_PAGE = "Failed to load resource"  # said of a page that is refused, as of a style sheet that is missing


class Person:
    """Somebody with an empty browser profile. `page` is the page she looks at; addresses are paths of the site."""

    def __init__(self, site: Site, context: BrowserContext) -> None:
        self.site, self.context = site, context
        self.asked: list[str] = []
        self.refused: set[str] = set()
        self.console: list[tuple[str, str]] = []
        self.errors: list[str] = []
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = context.new_page()

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self.refused.add(response.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.console.append((message.text, message.location.get("url", "")))

    def faults(self) -> list[str]:
        """Requests that left the site, and whatever the browser complained about, a breach of the CSP included."""
        host = urlsplit(self.site.url).netloc
        outside = [f"asked for {url}" for url in self.asked if urlsplit(url).netloc != host]
        said = [
            f"console at {url}: {text}"
            for text, url in self.console
            # A page that refuses (404, 422) is meant to; a missing style sheet or script is not. The browser asks for
            # favicon.ico by itself where something that is no page, such as the exit's neutral text, names no icon.
            if not (text.startswith(FAILED_PAGE) and url in {*self.refused, f"{self.site.url}/favicon.ico"})
        ]
        return outside + said + self.errors

    def told(self) -> list[str]:
        """What was asked of the server. Files are left out: a browser fetches the icon of a page when it likes."""
        return [url for url in self.asked if "/static/" not in url]

    def forget(self) -> None:
        """Forget what was noted so far, because a test has brought it about itself."""
        for noted in (self.asked, self.console, self.errors):
            noted.clear()

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site.url + path)

    def press(self, name: str) -> None:
        """Press the button, or follow the link, that is called this."""
        page = self.page
        page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).click()

    def send_form(self, action: str) -> None:
        """Send the form with this action, whatever its button is called in the language of the page."""
        with self.page.expect_navigation():
            self.page.locator(f'main form[action*="{action}"] button.button--primary').click()

    def enter_class(self, slip: Mapping[str, str], locale: str = "ko") -> None:
        """Type the class code of a student's slip."""
        self.go(f"/{locale}/join")
        self.page.locator("#code").fill(slip["class_code"])
        self.send_form("/join")

    def join(self, slip: Mapping[str, str], locale: str = "ko") -> None:
        """Sign in with a student's slip."""
        self.enter_class(slip, locale)
        self.page.locator(f'input[name=number][value="{slip["number"]}"]').check(force=True)
        self.page.locator("#code").fill(slip["code"])
        self.send_form("/join/number")

    def sign_in(self, staff: Mapping[str, str], locale: str = "ko") -> None:
        """Sign in as staff."""
        self.go(f"/{locale}/sign-in")
        self.page.locator("#email").fill(staff["email"])
        self.page.locator("#password").fill(staff["password"])
        self.send_form("/sign-in")

    def sign_out(self) -> None:
        """Press the button of signing out, in whatever language it stands."""
        with self.page.expect_navigation():
            self.page.locator('.site-nav form[action$="/sign-out"] button').click()

    def finish_steps(self) -> None:
        """Press "next" on every step of the lesson that is open, the last one's included."""
        forms = self.page.locator("form.step__next")
        for index in range(forms.count()):
            with self.page.expect_response(lambda reply: "/steps/" in reply.url):
                forms.nth(index).locator("button").click()
        self.page.wait_for_url("**/class")

    def card(self, title: str) -> Locator:
        """The card of a lesson, in the list that is open."""
        return self.page.locator(".cards li").filter(has_text=title)

    def mark(self, name: str, code: str) -> Locator:
        """How far a student is in a lesson, on the page of a class that is open."""
        codes = [head.split()[0] for head in self.page.locator(".class-grid thead th").all_inner_texts()]
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=name, exact=True))
        return row.locator("td, th").nth(codes.index(code))

    def choose_all(self, lesson: str = FIRST_DAY, *, leave_out: Sequence[str] = ()) -> None:
        """Choose the right response to every item of the quiz that is open."""
        for item, key in answer_keys(lesson).items():
            if item not in leave_out:
                self._choose(item, key)

    def _choose(self, item: str, key: Sequence[str]) -> None:
        for place, option in enumerate(key, start=1):
            box = self.page.locator(f'input[name="item-{item}"][value="{option}"]')
            if box.count():
                box.check()
            elif (places := self.page.locator(f'select[name="item-{item}.{option}"]')).is_visible():
                places.select_option(str(place))
            else:
                self._lift(item, option, place)

    def _lift(self, item: str, option: str, place: int) -> None:
        """Move a step up with its button until it has the place."""
        select = self.page.locator(f'select[name="item-{item}.{option}"]')
        row = self.page.locator(".ordering__option").filter(has=select)
        for _ in range(int(select.input_value()) - place):
            row.locator(".ordering__move").first.click()

    def answer(self, lesson: str = FIRST_DAY, locale: str = "ko", query: str = "") -> None:
        """Answer a whole quiz rightly and come to its result."""
        self.go(f"/{locale}/lessons/{lesson}/quiz{query}")
        self.choose_all(lesson)
        self.send_form("/quiz")
