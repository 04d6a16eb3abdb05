"""HTTP of attempts."""

from fastapi import APIRouter

router = APIRouter()
