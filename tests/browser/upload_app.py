"""A page with the uploader alone, behind the dashboard's own routes and middleware: what test_upload.py opens."""

from __future__ import annotations

import streamlit as st

from etl.jobs import staging
from pages.parts import answers
from pages.parts.uploader import uploader
from pages.routes import MIDDLEWARE, ROUTES, lifespan, say_error


def page() -> None:
    """Show the uploader and every job that it brought in this session."""
    st.markdown("# 上传")
    if job := uploader("upload"):
        st.session_state["arrived"] = [*st.session_state.get("arrived", []), job]
    st.button("再运行一次")
    for job_id in st.session_state.get("arrived", []):
        found = staging.find_job(answers.street_folder(), job_id)
        assert found is not None
        st.markdown(f"收到 {len(found.files)}：{'、'.join(file.name for file in found.files)} {found.state}")


def other() -> None:
    """Stand in for the rest of the dashboard."""
    st.markdown("# 别的页")


app = st.App(__file__, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=say_error)
st.set_page_config(page_title="上传", layout="wide")
st.navigation([st.Page(page, title="上传", default=True), st.Page(other, title="别的页")], position="top").run()
