"""HTTP of bank."""

from fastapi import APIRouter

router = APIRouter()
