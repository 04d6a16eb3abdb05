"""HTTP of pictures: anybody who has the address, which nobody can guess who has not seen the picture."""

from fastapi import APIRouter
from fastapi.responses import Response

from mockhall.bank import images
from mockhall.db import Reading
from mockhall.web.errors import NotYours

router = APIRouter()
FOREVER = "public, max-age=31536000, immutable"


@router.get("/images/{address}")
def image(db: Reading, address: str) -> Response:
    """The picture; another picture has another address, so this one never changes."""
    found = images.find(db, address[:40])
    if found is None:
        raise NotYours("There is no picture at this address.")
    return Response(found.data, media_type=images.type_of(found), headers={"Cache-Control": FOREVER})
