"""Shows that the secret of an invitation leaves the address at once, and that a new colleague comes in by it."""

import re

import pytest

from tests.journeys.conftest import Arrive

pytestmark = pytest.mark.journey
PASSWORD = "운동장 끝에 선 은행나무"


@pytest.mark.parametrize(("locale", "javascript"), [("ko", True), ("en", True), ("ko", False)])
def test_a_link_is_followed_and_a_password_set(arrive: Arrive, locale: str, javascript: bool) -> None:
    administrator = arrive()
    administrator.sign_in(administrator.site.staff("administrator"), locale)
    administrator.go(f"/{locale}/school/staff/new")
    administrator.page.locator("#display_name").fill("정 선생님")
    administrator.page.locator("#email").fill(f"new-{locale}-{javascript}@neoreundeul.example")
    administrator.send_form("/school/staff/new")
    link = administrator.page.locator("#link").input_value()
    path, _, secret = link.partition("#")

    new = arrive(java_script_enabled=javascript)
    new.page.goto(link)
    if javascript:
        assert new.page.url == path  # neither the address bar nor the history holds it any more
        assert new.page.locator("#code").input_value() == secret
    else:
        new.page.locator("#code").fill(link)
    new.send_form("/invitation")
    assert secret not in new.page.content()
    new.page.locator("#password").fill(PASSWORD)
    new.page.locator("#again").fill(PASSWORD)
    new.send_form("/invitation/password")
    assert re.search(r"/teach/$", new.page.url)
    assert [url for url in new.asked if secret in url.partition("#")[0]] == []
