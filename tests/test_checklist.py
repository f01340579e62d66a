"""The checklist as a model."""

from __future__ import annotations

from tests.small_checklists import small_checklist


def test_a_copy_with_other_nodes_knows_nothing_of_those_before():
    whole = small_checklist({"name": "a"}, {"name": "b", "type": "text", "confidential": True})
    assert ([node.name for node in whole.walk()], whole.confidential) == (["a", "b"], {"b"})
    part = whole.model_copy(update={"nodes": whole.nodes[:1]})
    assert ([node.name for node in part.walk()], part.confidential) == (["a"], frozenset())
