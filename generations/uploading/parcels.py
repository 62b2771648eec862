"""Files on their way in: of each no more than may be, in unnamed files that are gone when their request or their process is."""

from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from generations.catalogue.problem import megabytes
from generations.uploading.unfit import Unfit

IN_MEMORY = 1024 * 1024


class NoFiles(FileUploadHandler):
    """For every form that asks for none: what is sent all the same is not even read."""

    def new_file(self, *args: Any, **options: Any) -> None:
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        return None


class Parcels(FileUploadHandler):
    """Of a file that is too large only the length is kept, so that it can be said."""

    def __init__(self, request: HttpRequest | None = None, most: int = 0) -> None:
        super().__init__(request)
        self.most, self.size = most, 0
        self.file: IO[bytes] = BytesIO()

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.size, self.file = 0, SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed with its request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= self.most:
            self.file.write(raw_data)
        else:
            self.file.close()

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        whole, self.file = self.file, BytesIO()
        if not whole.closed:
            whole.seek(0)
        return UploadedFile(whole, self.file_name, self.content_type, self.size, self.charset)

    def upload_interrupted(self) -> None:
        self.file.close()


def receive(request: HttpRequest, most: int, together: int) -> None:
    """The form is read, each of its files up to the most, all of it up to what they may have together."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    announced = int(length) if length.isdecimal() else 0
    if announced > together:
        sentence = _("The files have {has}; the limit is {most} at once.")
        raise Unfit(sentence.format(has=megabytes(announced), most=megabytes(together)), 413)
    parcels = Parcels(request, most)
    request.upload_handlers = [parcels]
    try:
        request.POST.keys()
    except (TooManyFieldsSent, TooManyFilesSent):
        raise Unfit(_("Too many fields."), 400) from None
    except RequestDataTooBig:
        raise Unfit(_("Form is too large."), 413) from None
    except (MultiPartParserError, UnreadablePostError):
        raise Unfit(_("The form could not be read. Send it again."), 400) from None
    finally:
        parcels.upload_interrupted()
