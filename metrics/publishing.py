"""What publishing a draft would change: the main indicators and the checks, before → after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from metrics.effects import effects
from metrics.receipts import checks
from metrics.warehouse import current_path, open_current, open_generation


def publishing_json(street: Path, draft: Path | None) -> dict[str, Any]:
    """Return what publishing the draft would do to the main indicators and to the checks."""
    if draft is None:
        return {"indicators": [], "checks": []}
    before, after = open_current(street) if current_path(street) else None, open_generation(draft)
    found = {check.id: check.found for check in checks(before)} if before else {}
    both = [
        {"id": check.id, "title": check.title, "before": found.get(check.id), "after": check.found}
        for check in checks(after)
    ]
    try:
        return {"indicators": effects(before, after), "checks": [one for one in both if one["before"] or one["after"]]}
    finally:
        after.connection.close()  # its file is removed with its folder
