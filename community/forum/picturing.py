"""Taking pictures in: looked at before they are opened, made anew, and let go of when no post shows them.

What is stored is never what was sent. A file is opened as one of a few known kinds, drawn once, and written again in two
forms; where it was taken, with what, and whatever else rode along is gone.
"""

import io
import re
from contextlib import suppress
from datetime import timedelta

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from community.commons import limits
from community.commons.refusals import Refusal
from community.forum import access
from community.forum.models import Picture

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
MOST_BYTES, MOST_SIDE, MOST_DOTS = 15_000_000, 12_000, 50_000_000
LARGEST = 1_600  # the longer side of what is kept
# A picture that is also a page, a program or an archive is meant for somebody who takes it for that.
_TWO_FACED = re.compile(
    rb"\AGIF8[79]a/\*|<script|<!doctype|<html|<svg[\s>]|<\?php|%PDF-\d\.|PK\x03\x04[\x0a-\x3f]\x00.{24}|MZ\x90\x00\x03",
    re.I | re.S,
)

pillow_heif.register_heif_opener(thumbnails=False)


class NoPicture(Refusal):
    status = 422
    message = _("That could not be read as a picture. Choose a JPEG, PNG, WebP, AVIF or HEIC.")


class TooLarge(NoPicture):
    message = _("That picture is too large to be opened here. Make it smaller, at most 12,000 dots on a side.")


class Moves(NoPicture):
    message = _("Moving pictures have no place here yet. Choose a still one.")


class Broken(NoPicture):
    message = _("That picture breaks off in the middle. Choose the whole file.")


class NoRoom(Refusal):
    status = 413
    message = _(
        "Your pictures take up all the room they have. Those of today make room tomorrow, removed ones in two days."
    )


def take(*, member, file) -> Picture:
    """Keeps a picture for a post that is being written; gives it, or refuses with a sentence."""
    access.require(access.against_picturing(member))
    if not access.keeps_order(member):
        limits.require("picture", str(member.pk), most=40, seconds=600)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge
    image = _opened(data)
    return _keep(member, image, _forms(image))


@transaction.atomic
def _keep(member, image, written) -> Picture:
    weight = sum(map(len, written.values()))
    day, ever = access.room_for_pictures(member)
    kept = Picture.objects
    if kept.weight_of(member) + weight > ever or kept.weight_of(member, now() - timedelta(days=1)) + weight > day:
        raise NoRoom
    picture = kept.create(member=member, width=image.width, height=image.height, weight=weight)
    for form, content in written.items():
        storages["pictures"].save(picture.file(form), ContentFile(content))
    return picture


def remake(data: bytes, largest: int) -> tuple[int, int, dict[str, bytes]]:
    """Somebody else's picture made anew, no larger than `largest`: its width, its height, and its two forms."""
    image = _opened(data)
    image.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    return image.width, image.height, _forms(image)


def _forms(image) -> dict[str, bytes]:
    return {
        "jpg": _written(image, "JPEG", quality=80, progressive=True, optimize=True),
        "avif": _written(image, "AVIF", quality=60, speed=8),
    }


def _opened(data) -> Image.Image:
    """The picture upright, in the colours of screens, no larger than it is shown; nothing but its dots."""
    if _TWO_FACED.search(data):
        raise NoPicture
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except Exception as error:  # decoders of six kinds, each with errors of its own
        raise NoPicture from error
    # Asked of its head alone, before a single dot takes any room.
    if max(image.size) > MOST_SIDE or image.width * image.height > MOST_DOTS:
        raise TooLarge
    # Telephones lay a second picture behind the photograph, for depth or bright screens (MPO): the first one is meant.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Moves
    try:
        image.draft("RGB", (LARGEST * 2, LARGEST * 2))
        image.load()
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
        return _on_paper(upright, image.info.get("icc_profile"))
    except Exception as error:  # truncated, or damaged in a way only its decoder knows
        raise Broken from error


def _on_paper(image, profile) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        alpha = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(alpha, mask=alpha.getchannel("A"))
    elif profile and image.mode == "RGB":
        with suppress(ImageCms.PyCMSError, OSError):  # a profile nobody can read leaves the colours as they are
            screen = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), screen)
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    return clean


def _written(image, kind, **how) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def settle(post, pictures):
    """These of the author's pictures stand in this post from now on; what stood there before is nobody's again."""
    Picture.objects.in_post(post).exclude(pk__in=pictures).update(post=None, made_at=now())
    if pictures:
        Picture.objects.to_stand_in(post, post.author_id).with_ids(pictures).update(post=post)


def sweep(most=500) -> int:
    """Lets go of pictures that no post took; says how many."""
    orphans = list(Picture.objects.orphaned()[:most])
    for picture in orphans:
        picture.delete()
    return len(orphans)


def drop_files(picture):
    """After its row is gone, for whatever reason."""
    for form in Picture.FORMS:
        transaction.on_commit(lambda form=form: storages["pictures"].delete(picture.file(form)), robust=True)
