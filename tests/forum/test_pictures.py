"""Pictures in posts: made anew, refused in words, and seen by whoever may read the post, for as long as it stands."""

import io
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from community.forum import access, moderating, picturing
from community.forum.models import Picture


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "pictures": where}


def drawn(kind="JPEG", size=(60, 40), **how):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def with_place():
    """Taken on a phone held sideways, at a place that is nobody's business."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of somebody"
    exif.get_ifd(0x8825)[2] = (25.0, 2.0, 1.0)
    return drawn(exif=exif)


def bomb(side=60_000):
    """A few bytes that say they are sixty thousand dots wide and high."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def moving():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def sent(client, data):
    return client.post("/forum/pictures/", {"picture": SimpleUploadedFile("x.jpg", data)})


def said_with(client, thread, picture, alt="一杯很酸的咖啡"):
    client.post(
        f"/forum/threads/{thread.pk}/posts/",
        {"source": f'<p>看這杯</p><img data-picture="{picture.pk}" alt="{alt}">'},
    )
    return thread.posts.order_by("-number").first()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF"])
def test_a_picture_is_made_anew_in_two_forms(kind, as_chen, db):
    answer = sent(as_chen, drawn(kind, size=(2400, 1200)))
    assert answer.status_code == 201, answer.content
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (1600, 800)
    for form, name in (("jpg", "JPEG"), ("avif", "AVIF")):
        content = as_chen.get(picture.address(form)).content
        assert Image.open(io.BytesIO(content)).format == name


def test_of_a_photograph_with_another_one_behind_it_the_first_is_kept(as_chen, db):
    behind = Image.new("L", (15, 10), "white")
    assert sent(as_chen, drawn("MPO", save_all=True, append_images=[behind])).status_code == 201
    assert (Picture.objects.get().width, Picture.objects.get().height) == (60, 40)


def test_where_it_was_taken_is_gone_and_it_stands_upright(as_chen, db):
    sent(as_chen, with_place())
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (40, 60)
    for form in Picture.FORMS:
        with storages["pictures"].open(picture.file(form)) as file:
            content = file.read()
        assert b"somebody" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("index.html", "hello")
    return out.getvalue()


@pytest.mark.parametrize("chance", [b"<svgQ", b"<Svg\x8f", b"PK\x03\x04" + b"\xd5" * 40, b"%PDF-7Q"])
def test_what_any_photograph_may_hold_by_chance_makes_nobody_suspicious(chance, as_chen, db):
    assert sent(as_chen, drawn() + chance).status_code == 201


BAD = {
    "a bomb": (bomb, "12,000"),
    "one that moves": (moving, "會動"),
    "half of one": (lambda: drawn("JPEG", (800, 800))[:3000], "不完整"),
    "a picture that is a script too": (lambda: b"GIF89a/*" + drawn("GIF")[8:] + b"*/=1;alert(1)", "打不開"),
    "a page that calls itself a picture": (lambda: b"GIF89a<script>alert(1)</script>", "打不開"),
    "a picture that is a page too": (lambda: drawn() + b"<HTML><body onload=alert(1)>", "打不開"),
    "a picture that is an archive too": (lambda: drawn() + archive(), "打不開"),
    "a drawing": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "打不開"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "打不開"),
    "nothing": (lambda: b"\0", "打不開"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_honest_still_picture_is_refused_with_a_sentence(what, as_chen, db):
    made, words = BAD[what]
    answer = sent(as_chen, made())
    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert not Picture.objects.exists()


def test_a_post_shows_its_picture_to_everyone_until_it_is_taken_away(as_chen, stranger, thread, chen, as_ben):
    sent(as_chen, drawn())
    picture = Picture.objects.get()
    assert stranger.get(picture.address("jpg")).status_code == 404
    assert as_ben.get(picture.address("jpg")).status_code == 404
    post = said_with(as_chen, thread, picture)
    assert 'alt="一杯很酸的咖啡" width="60" height="40"' in post.html
    assert post.body == "看這杯\n\n一杯很酸的咖啡"
    answer = stranger.get(picture.address("avif"))
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    moderating.remove(post=post, by=chen)
    for client in (stranger, as_ben, as_chen):
        assert client.get(picture.address("jpg")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("as_chen", 404), ("as_ada", 200), ("as_mod", 200)])
def test_a_closed_rooms_picture_is_for_those_inside_and_kept_nowhere_on_the_way(
    who, status, request, as_ada, friends_thread
):
    sent(as_ada, drawn())
    picture = Picture.objects.get()
    said_with(as_ada, friends_thread, picture)
    answer = request.getfixturevalue(who).get(picture.address("jpg"))
    assert answer.status_code == status
    assert "public" not in answer.get("Cache-Control", "")


def test_nobody_shows_the_picture_of_somebody_else_nor_moves_it_out_of_a_post(as_chen, as_ben, thread):
    sent(as_chen, drawn())
    picture = Picture.objects.get()
    assert "<img" not in said_with(as_ben, thread, picture).html
    first = said_with(as_chen, thread, picture)
    assert "<img" not in said_with(as_chen, thread, picture, alt="同一張").html
    picture.refresh_from_db()
    assert picture.post == first


def test_there_is_room_for_so_much_a_day(as_chen, db, monkeypatch):
    monkeypatch.setattr(access, "room_for_pictures", lambda person: (2_500, 9_000_000))
    assert sent(as_chen, drawn()).status_code == 201
    answer = [sent(as_chen, drawn()) for _ in range(4)][-1]
    assert answer.status_code == 413
    assert "明天" in answer.json()["message"]
    Picture.objects.update(made_at=now() - timedelta(days=1, minutes=1))
    assert sent(as_chen, drawn()).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_what_no_post_took_is_let_go_of_with_its_files(as_chen, thread):
    for _ in range(2):
        sent(as_chen, drawn())
    kept, orphan = Picture.objects.all()
    said_with(as_chen, thread, kept)
    Picture.objects.update(made_at=now() - timedelta(days=3))
    assert picturing.sweep() == 1
    assert not storages["pictures"].exists(orphan.file("jpg"))
    assert storages["pictures"].exists(kept.file("jpg"))


def test_a_stranger_is_asked_in_and_an_empty_form_is_answered(stranger, as_chen, db):
    assert sent(stranger, drawn()).status_code == 302
    assert as_chen.post("/forum/pictures/").status_code == 422
