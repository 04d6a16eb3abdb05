"""A form as it was sent, refused where its bytes are no text: the framework would put other signs in their place."""

from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.datastructures import FormData

from mockhall.web.guard import CHARSET


async def utf8_form(request: Request, most: int) -> FormData:
    """The fields of a form without files, at most so many; 422 where a name or a value is not in UTF-8."""
    body = await request.body()
    is_parts = request.headers.get("content-type", "").startswith("multipart/")
    try:
        (body if is_parts else unquote_to_bytes(body)).decode()
    except UnicodeDecodeError as error:
        raise CHARSET from error
    return await request.form(max_fields=most, max_files=0)
