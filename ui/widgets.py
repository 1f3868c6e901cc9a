"""The words that Streamlit's own widgets bring along, in the language of the page.

Streamlit speaks English and has no setting for it. A script in the first HTML puts our words in
place of those it knows, in labels and in a few elements; it touches nothing that a document says.
What Streamlit calls otherwise tomorrow stays English, no worse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ui.dutch import DUTCH, WIDGETS

SCRIPT = """
(words => {
  const names = ["aria-label", "title", "placeholder"];
  const spoken = "[data-testid=stSkipToContent], [data-testid=stFileUploader] button, "
    + "[data-testid=stMultiSelectDropdown]";
  const translate = text => words[text] ?? (text.startsWith("Remove ") && words.Remove
    ? words.Remove + text.slice(6) : text);
  const mend = element => {
    if (element.closest(".stHtml")) return;
    for (const name of names) {
      const text = element.getAttribute(name), other = text && translate(text);
      if (other !== text) element.setAttribute(name, other);
    }
    if (!element.closest(spoken)) return;
    for (const node of element.childNodes)
      if (node.nodeType === 3 && words[node.data]) node.data = words[node.data];
  };
  const mendAll = node => {
    if (node.nodeType === 3) return node.parentElement && mend(node.parentElement);
    if (node.nodeType !== 1) return;
    mend(node);
    node.querySelectorAll("[aria-label], [title], [placeholder]").forEach(mend);
    node.querySelectorAll(spoken).forEach(found => [found, ...found.querySelectorAll("*")].forEach(mend));
    if (node.closest(spoken)) node.querySelectorAll("*").forEach(mend);
  };
  new MutationObserver(records => {
    for (const record of records)
      record.type === "childList" ? record.addedNodes.forEach(mendAll) : mendAll(record.target);
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names,
  });
})(%s)
"""


def script_of(words: Mapping[str, str]) -> str:
    """The script that puts these words in place of Streamlit's."""
    return SCRIPT.replace("%s", json.dumps(words).replace("<", "\\u003c"))


SCRIPTS = {DUTCH.language: script_of(WIDGETS)}
