"""A picture as it is sent: by a script alone, or without scripts with the whole form of a question."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from mockhall.accounts.access import AtTheDoor
from mockhall.bank.forms import MOST_FIELDS, Sent, read
from mockhall.formats.uploaded import MOST_BYTES, TOO_LARGE, Repainted, Unfit, repainted
from mockhall.web.errors import Refused


@dataclass(frozen=True)
class Upload:
    """What came of a file: the picture, or why it isn't taken. `sent` is the form around it, `place` its control."""

    sent: Sent
    place: str
    picture: Repainted | None = None
    fault: Unfit | None = None

    @property
    def taken(self) -> Repainted:
        """The picture; Refused when it is none."""
        if self.picture is None:
            assert self.fault is not None
            raise Refused(self.fault.status, self.fault.reason, self.fault.text, saved=False)
        return self.picture

    @property
    def said(self) -> str:
        """What is said beside the button."""
        frame = (
            " Only its first frame is kept: pictures here stand still."
            if self.picture and self.picture.is_still
            else ""
        )
        return f"Picture added at the end of the field. Write between [ and ] what can be seen in it.{frame}"


async def _file(request: Request, _door: AtTheDoor) -> tuple[FormData, bytes | None]:
    """The form, read on to the disk, and the file in it; None where that is larger than any picture may be."""
    async with request.form(max_fields=MOST_FIELDS, max_files=1) as form:
        file = form.get("picture")
        if not isinstance(file, UploadFile):
            return form, b""
        return form, None if (file.size or 0) > MOST_BYTES else await file.read()


def upload(came: Annotated[tuple[FormData, bytes | None], Depends(_file)]) -> Upload:
    """The picture made ready in a thread, before the request takes the session that writes."""
    form, data = came
    place = form.get("picture_for", "")
    sent = read(form)
    try:
        if data is None:
            raise Unfit(*TOO_LARGE)
        return Upload(sent, place if isinstance(place, str) else "", repainted(data))
    except Unfit as fault:
        return Upload(sent, place if isinstance(place, str) else "", fault=fault)


SentPicture = Annotated[Upload, Depends(upload)]
