"""Recognises recorded sound by the marks of its container; a container that also holds moving pictures is none."""

from __future__ import annotations

import re

HEAD = 64 * 1024  # bytes in which a WebM file names its tracks
OGG_PAGE = re.compile(rb"OggS\x00\x02.{20}.{2,256}?(?:OpusHead|\x01vorbis|\x7fFLAC|Speex   )", re.DOTALL)
WEBM_SOUND = (b"A_OPUS", b"A_VORBIS")
WEBM_PICTURES = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
MP4_HANDLER = re.compile(rb"hdlr.{8}(soun|vide)", re.DOTALL)
MPEG_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""Samples a second by version (3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5)."""

LAYER_3 = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second by index from 1; MPEG-2.5 has those of MPEG-2."""


def sound_type(content: bytes) -> str | None:
    """The media type of a recording (Ogg, WebM, MP4, WAV, MP3), None when it is none."""
    if OGG_PAGE.match(content):
        return "audio/ogg"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if _is_webm_sound(content[:HEAD]):
        return "audio/webm"
    if content[4:8] == b"ftyp" and {found[1] for found in MP4_HANDLER.finditer(content)} == {b"soun"}:
        return "audio/mp4"
    return "audio/mpeg" if _is_mp3(content) else None


def _is_webm_sound(head: bytes) -> bool:
    if head[:4] != b"\x1a\x45\xdf\xa3" or b"\x42\x82\x84webm" not in head[:64]:
        return False
    return any(codec in head for codec in WEBM_SOUND) and not any(codec in head for codec in WEBM_PICTURES)


def _is_mp3(content: bytes) -> bool:
    """Two frames of layer III one behind the other, after the tag if there is one (its size has 7 bits a byte)."""
    start = 0
    if content[:3] == b"ID3" and len(content) >= 10:
        a, b, c, d = content[6:10]
        start = 10 + ((a & 127) << 21 | (b & 127) << 14 | (c & 127) << 7 | d & 127)
    length = _frame_length(content[start : start + 4])
    return length > 0 and _frame_length(content[start + length : start + length + 4]) > 0


def _frame_length(head: bytes) -> int:
    """The bytes of the frame that begins with this header as ISO 11172-3 has it; 0 when it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate_index, speed_index = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or not 1 <= rate_index <= 14 or speed_index == 3:
        return 0
    kilobits, speed = LAYER_3[3 if version == 3 else 2][rate_index - 1], MPEG_RATES[version][speed_index]
    return (144 if version == 3 else 72) * kilobits * 1000 // speed + (head[2] >> 1 & 1)
