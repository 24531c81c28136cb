"""A film in a post, and titles that were given before, on a phone."""

from playwright.sync_api import expect

from tests.e2e import looking

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_film_is_asked_of_its_house_only_by_a_press(site, come_in, watched):
    watched.allow("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
    phone = come_in("chen")
    gone = []
    phone.on("request", lambda request: "youtube" in request.url and gone.append(request.url))
    phone.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(body="<title>film</title>", content_type="text/html"),
    )
    phone.goto(f"/forum/threads/{site.seeds['thread']}/")
    phone.locator("textarea[name=body]").tap()
    phone.locator(".composer__words").wait_for()
    phone.keyboard.type(FILM)
    phone.get_by_role("button", name="送出").click()
    post = phone.locator(".post:not(.post--ghost)").filter(has=phone.locator("video-facade"))
    play = post.get_by_role("button", name="在這裡播放")
    play.wait_for()
    expect(play).to_have_attribute("href", FILM)
    looking.look(phone)
    looking.picture(phone, "film")
    assert gone == []
    box = play.bounding_box()
    play.focus()
    phone.keyboard.press("Enter")
    film = post.locator("iframe")
    film.wait_for()
    assert abs(film.bounding_box()["height"] - box["height"]) < 2
    assert [url.split("?")[0] for url in gone] == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
    # Somebody reacts meanwhile: the film plays on.
    frame = film.element_handle()
    post.locator(".post__reactions button").first.click()
    expect(post.locator(".post__reactions button").first).to_contain_text("1")
    assert frame.evaluate("film => film.isConnected")


def test_a_title_given_before_is_offered_while_one_writes_it(come_in):
    phone = come_in("ada")
    phone.goto("/forum/boards/brewing/threads/")
    title = phone.get_by_label("標題")
    keys = phone.context.new_cdp_session(phone)
    title.tap()
    keys.send("Input.imeSetComposition", {"text": "酸到", "selectionStart": 2, "selectionEnd": 2})
    phone.wait_for_timeout(900)
    assert phone.locator(".similar").count() == 0
    keys.send("Input.insertText", {"text": "酸到"})
    expect(phone.locator("similar-threads [role=status]")).to_contain_text("可能聊過")
    expect(phone.locator(".similar a").first).to_contain_text("酸到皺眉")
    looking.look(phone)
    looking.picture(phone, "similar")
