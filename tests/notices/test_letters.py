"""Letters are kept before they are sent."""

from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import override_settings
from django.utils.translation import override

from cms.models import Brand
from community.notices import posting, sending, tasks
from community.notices.models import MOST_TRIES, Letter

pytestmark = pytest.mark.django_db
OUTBOX = "community.notices.outbox.OutboxBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class Closed:
    """A post office that takes nothing."""

    def __init__(self, **_):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("closed")


def write(**fields):
    letter = EmailMultiAlternatives("驗證碼\r\n折行", "內容", "a@example.org", ["b@example.org"], **fields)
    letter.attach_alternative("<p>內容</p>", "text/html")
    return letter


@override_settings(EMAIL_BACKEND=OUTBOX, POST_BACKEND=LOCMEM)
def test_a_mail_is_a_row_first_and_sent_once():
    message = EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"], bcc=["c@example.org"])
    assert message.send() == 1
    letter = Letter.objects.get()
    assert letter.state == Letter.State.WAITING
    assert not mail.outbox
    for _ in range(3):
        tasks.send_letter(letter.pk)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].recipients() == ["b@example.org", "c@example.org"]
    letter.refresh_from_db()
    assert letter.state == Letter.State.SENT


@override_settings(POST_BACKEND=LOCMEM)
def test_both_halves_and_han_text_arrive():
    with pytest.raises(ValueError, match="newline"):
        sending.keep(write())
    letter = write()
    letter.subject = "驗證碼"
    posting.post(sending.keep(letter).pk)
    message = mail.outbox[0].message()
    assert str(message["Subject"]) == "驗證碼"
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}
    assert "內容" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("language", "sender", "named"),
    [
        ("en", "hello@example.org", "Islet Coffee <hello@example.org>"),
        ("zh-hant", "hello@example.org", "浮嶼咖啡 <hello@example.org>"),
        ("en", "Shop <hello@example.org>", "Shop <hello@example.org>"),
    ],
    ids=range(3),
)
def test_a_letter_comes_from_the_house_by_name(language, sender, named):
    Brand.objects.update(name_zh="浮嶼咖啡", name_en="Islet Coffee")
    with override(language):
        letter = sending.keep(EmailMessage("Hello", "Words", sender, ["b@example.org"]))
    kept = message_from_bytes(letter.raw, policy=policy.default)
    assert str(kept["From"]) == named
    assert kept["Auto-Submitted"] == "auto-generated"


@override_settings(POST_BACKEND=f"{__name__}.Closed")
def test_a_closed_post_office_is_tried_again_later_and_given_up_in_the_end(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00")
    letter = sending.keep(EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"]))
    assert not posting.post(letter.pk)
    letter.refresh_from_db()
    assert letter.error.startswith("ConnectionRefusedError")
    assert not Letter.objects.due().exists()  # it rests for a while
    for hour in range(11, 11 + MOST_TRIES):
        time_machine.move_to(f"2026-03-02 {hour}:00:00+08:00")
        posting.post(letter.pk)
    letter.refresh_from_db()
    assert letter.state == Letter.State.GIVEN_UP
    assert letter.tries == MOST_TRIES


def test_a_worker_that_died_lets_go_after_a_while(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00")
    letter = sending.keep(EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"]))
    assert Letter.objects.claim(letter.pk)
    assert not Letter.objects.claim(letter.pk)
    time_machine.move_to("2026-03-02 10:06:00+08:00")
    assert Letter.objects.claim(letter.pk)


@override_settings(POST_BACKEND=LOCMEM)
def test_the_sweep_finds_what_the_queue_lost_and_lets_go_of_the_old(monkeypatch, time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00")
    old = sending.keep(EmailMessage("Old", "Words", "a@example.org", ["b@example.org"]))
    posting.post(old.pk)
    time_machine.move_to("2026-03-20 10:00:00+08:00")
    lost = sending.keep(EmailMessage("Lost", "Words", "a@example.org", ["b@example.org"]))
    monkeypatch.setattr(tasks.send_letter, "delay", tasks.send_letter)
    tasks.sweep_letters()
    assert [letter.subject for letter in mail.outbox] == ["Old", "Lost"]
    assert list(Letter.objects.values_list("pk", flat=True)) == [lost.pk]


def test_a_queue_that_is_gone_loses_nothing(monkeypatch, django_capture_on_commit_callbacks):
    def gone(*args):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.send_letter, "delay", gone)
    with django_capture_on_commit_callbacks(execute=True):
        sending.keep(EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"]))
    assert Letter.objects.due().count() == 1


def test_letters_are_nobodys_business_outside_the_demo(stranger, as_root, settings):
    letter = sending.keep(EmailMessage("Code 123456", "Words 123456", "a@example.org", ["b@example.org"]))
    settings.DEMO = False
    assert stranger.get("/desk/mail/").status_code == 302
    assert as_root.get("/desk/mail/").status_code == 404
    assert as_root.get(f"/desk/mail/{letter.pk}/").status_code == 404


def test_the_demo_shows_its_letters_to_whoever_tries_it(stranger, settings, django_assert_max_num_queries):
    settings.DEMO = True
    letter = sending.keep(EmailMessage("Code 123456", "<b>Words</b> 123456", "a@example.org", ["b@example.org"]))
    stranger.get("/desk/mail/")  # the brand around it is asked for once, then kept
    with django_assert_max_num_queries(3):
        assert "Code 123456" in stranger.get("/desk/mail/").content.decode()
    shown = stranger.get(f"/desk/mail/{letter.pk}/").content.decode()
    assert "&lt;b&gt;Words" in shown
    assert stranger.get("/desk/mail/999999/").status_code == 404


def test_the_demos_post_office_writes_files(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.POST_BACKEND = "community.notices.demo_post.FolderBackend"
    posting.post(sending.keep(EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"])).pk)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert b"Words" in file.read_bytes()
