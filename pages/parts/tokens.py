"""Tokens that tell this dashboard's own pages from every other program on the computer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from urllib.parse import quote, urlencode

import streamlit as st

from etl.jobs.staging import Job

TOKEN = "intake.token"


@lru_cache(maxsize=1)
def _secret() -> bytes:
    """Return what this server signs its tokens with; a restart makes old pages ask for new ones."""
    return secrets.token_bytes(32)


def _signature(nonce: str) -> str:
    return hmac.new(_secret(), nonce.encode(), hashlib.sha256).hexdigest()


def new_token() -> str:
    """Return a token for one session of the dashboard."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_signature(nonce)}"


def is_ours(token: str) -> bool:
    """Return whether this server made a token."""
    nonce, _dot, signature = token.rpartition(".")
    return hmac.compare_digest(signature.encode(), _signature(nonce).encode())


def session_token() -> str:
    """Return the token of this browser session; a new one where the server has been started anew."""
    if not is_ours(st.session_state.get(TOKEN, "")):
        st.session_state[TOKEN] = new_token()
    return str(st.session_state[TOKEN])


def out_address(job: Job, file: str) -> str:
    """Return the address of a file in the job's folder `out`, for a link on the page of this session."""
    return f"/intake/{job.id}/out/{quote(file, safe='')}?{urlencode({'token': session_token()})}"
