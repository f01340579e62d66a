"""The columns of each sheet of a checklist: their names, other spellings, and those that are not supported."""

from __future__ import annotations

translated: dict[str, tuple[str, ...]] = {
    "survey": (
        "label", "hint", "guidance_hint", "required_message", "constraint_message", "evidence",
        "rubric_0", "rubric_1", "rubric_2", "rubric_3", "image", "big-image", "audio", "video",
    ),
    "choices": ("label", "image", "big-image", "audio", "video"),
    "settings": ("form_title", "translated_title"),
    "sections": (),
    "levels": ("label",),
    "recommendations": ("text", "responsible", "cooperating", "due_text", "product"),
}  # fmt: skip
plain: dict[str, tuple[str, ...]] = {
    "survey": (
        "type", "name", "appearance", "relevant", "required", "constraint", "calculation", "choice_filter",
        "default", "repeat_count", "read_only", "weight", "gate", "score", "section", "core", "confidential",
        "personal", "legal_basis", "parameters", "trigger", "disabled",
    ),
    "choices": ("list_name", "name", "score"),
    "settings": ("form_id", "version", "default_language", "unit_kinds", "instance_name", "style"),
    "sections": ("name", "weight"),
    "levels": ("name", "rank", "when"),
    "recommendations": ("code", "questions", "when", "due", "priority", "legal_basis", "confidential"),
}  # fmt: skip

media_kinds = ("image", "big-image", "audio", "video")
media_spellings = {f"media::{kind}": kind for kind in media_kinds} | {"big_image": "big-image"}

aliases: dict[str, dict[str, str]] = {
    "survey": {
        **media_spellings,
        "relevance": "relevant", "bind::relevant": "relevant", "bind::required": "required", "caption": "label",
        "bind::constraint": "constraint", "calculate": "calculation", "bind::calculate": "calculation",
        "bind::calculation": "calculation", "constraining_message": "constraint_message",
        "bind::jr:constraintmsg": "constraint_message", "requiredmsg": "required_message",
        "bind::jr:requiredmsg": "required_message", "readonly": "read_only", "bind::readonly": "read_only",
        "bind::read_only": "read_only", "control::appearance": "appearance", "body::appearance": "appearance",
        "count": "repeat_count", "jr:count": "repeat_count",
        "control::jr:count": "repeat_count", "body::jr:count": "repeat_count", "guidance": "guidance_hint",
        "command": "type", "tag": "name", "value": "name",
    },
    "choices": {"caption": "label", "value": "name", **media_spellings},
    "settings": {"title": "form_title", "set_form_title": "form_title", "id_string": "form_id",
                 "set_form_id": "form_id"},
}  # fmt: skip
"""The other spellings that XLSForm allows, by sheet; compared in lower case with underscores for spaces."""

unsupported: dict[str, tuple[str, ...]] = {
    "survey": ("save_to", "query", "intent", "no_app_error_string", "noapperrorstring", "entity_id", "media"),
    "choices": ("media",),
    "settings": ("public_key", "add_none_option"),
}  # fmt: skip
passed_over: dict[str, tuple[str, ...]] = {
    "survey": ("autoplay", "rows", "compact_tag", "sms_field", "sms_option"),
    "settings": (
        "namespaces", "attribute", "client_editable", "prefix", "compact_prefix", "compact_delimiter",
        "submission_url", "auto_send", "auto_delete", "name", "clean_text_values", "omit_instanceid", "instance_xmlns",
        "sms_keyword", "allow_choice_duplicates",
    ),
}  # fmt: skip
"""Columns and settings that concern only how other tools send or show the form."""

attributes: dict[str, tuple[str, ...]] = {
    "bind": (
        "type", "nodeset", "ref", "jr:preload", "jr:preloadparams", "orx:max-pixels", "entities:saveto", "saveto",
        "odk:length",
    ),
    "body": ("ref", "bind", "nodeset", "intent", "query", "tag", "start", "end", "step", "jr:noaddremove"),
    "instance": (),
}  # fmt: skip
"""Columns that write into the XForm itself, by where: these change what a form means, all others have no effect."""
