"""What the desk checks before it keeps a picture."""

from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.forms import BaseImageForm

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


class PictureForm(BaseImageForm):
    """Reads a picture to its end before it is kept: one that breaks off would break every page that shows it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            measure = field.check_image_pixel_size

            def measure_and_read(file):
                try:
                    measure(file)
                    file.seek(0)
                    with Image.open(file) as picture:
                        picture.load()
                except _BROKEN as broken:
                    raise ValidationError(field.error_messages["invalid_image"], code="invalid_image") from broken
                finally:
                    file.seek(0)

            field.check_image_pixel_size = measure_and_read
