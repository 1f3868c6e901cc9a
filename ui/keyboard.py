"""Escape closes what is open over the page, also when the focus is nowhere.

Streamlit's drawers and dialogs hear the key only while something in them has the focus. That is lost
when the focused element is replaced or disabled, as the link to the next page of a source is.
"""

from __future__ import annotations

from ui.dutch import WIDGETS

CLOSE = "Close"  # as Streamlit calls the button, and as the Dutch page does
BUTTON = f"[data-testid=stDialog] button:is([aria-label={CLOSE}], [aria-label={WIDGETS[CLOSE]}])"
SCRIPT = f"""
document.addEventListener("keydown", (event) => {{
  if (event.key === "Escape" && document.activeElement === document.body)
    document.querySelector("{BUTTON}")?.click();
}});
"""
