"""Content packages as IMS describes them: a zip archive of XML and media, with a manifest that names each file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from quizkit.decks.media import media_type
from quizkit.errors import QuizkitError
from quizkit.formats.item import Item, Parcel, ReadOptions
from quizkit.formats.xhtml import line, sound
from quizkit.kinds.cloze import with_gaps
from quizkit.markup import plain

MANIFEST = "imsmanifest.xml"
LONGEST_NAME = 80
"""Characters of an identifier, and of a title."""
_CODED = re.compile(r"(?P<slash>(?<=[A-Za-z0-9])/(?=[A-Za-z0-9]))|[^A-Za-z0-9-]")


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: packages are written only."""
    return False


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`."""
    raise QuizkitError(f"{path} is QTI, which is written but not read.", "Export it as Moodle XML, GIFT or CSV.")


class Names:
    """Gives things names that XML takes as identifiers and every system as files: stable, and each only once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, key: str, prefix: str) -> str:
        """The name of a key: the same for the same key, but that a key that comes again gets a number."""
        coded = prefix + _CODED.sub(lambda found: "." if found["slash"] else f"_{ord(found[0]):x}_", key)
        if len(coded) > LONGEST_NAME:
            digest = sha256(key.encode(errors="surrogatepass")).hexdigest()[:16]
            coded = f"{coded[: LONGEST_NAME - 17]}-{digest}"
        name, number = coded, 1
        # Some systems take names for the same that differ in capitals only.
        while name.lower() in self._taken:
            number += 1
            name = f"{coded}_{number}"
        self._taken.add(name.lower())
        return name


class Medium(NamedTuple):
    """A picture or sound in a package: its path there, what it is called outside, its media type."""

    path: str
    name: str
    type: str


class Package:
    """Collects files and the resources they belong to, and packs them."""

    def __init__(self, media: Mapping[str, Callable[[], bytes]]) -> None:
        self.names = Names()
        self.resources = Element("resources")
        self._media = media
        self._taken_in: dict[str, tuple[Medium, str]] = {}
        self._members: dict[str, bytes] = {}

    def add(self, path: str, root: Element) -> None:
        """A file of XML."""
        self._members[path] = tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"

    def resource(self, name: str, kind: str, href: str, *, entry: bool = True) -> Element:
        """Name a file in the manifest; `entry` says where it begins, besides that it belongs there."""
        resource = SubElement(self.resources, "resource", {"identifier": name, "type": kind})
        if entry:
            resource.set("href", href)
        SubElement(resource, "file", {"href": href})
        return resource

    def medium(self, name: str, user: Element | None = None) -> Medium | None:
        """Take a file in, for a resource that uses it, and say where it is; None when there is none."""
        if name not in self._media:
            return None
        if name not in self._taken_in:
            place = PurePosixPath(name)
            suffix = place.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", place.suffix) else ""
            own = self.names.name(place.stem, "media-")
            medium = Medium(f"media/{own.removeprefix('media-')}{suffix}", place.name, media_type(name))
            self._members[medium.path] = self._media[name]()
            # Canvas keeps a file only where no resource begins with it.
            self.resource(own, "webcontent", medium.path, entry=False)
            self._taken_in[name] = medium, own
        medium, own = self._taken_in[name]
        if user is not None and all(child.get("identifierref") != own for child in user):
            SubElement(user, "dependency", {"identifierref": own})
        return medium

    def pack(self, manifest: Element) -> bytes:
        """The archive: the manifest first, the files by name, and no moment in it, so that it is always the same."""
        self.add(MANIFEST, manifest)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted(self._members, key=lambda path: (path != MANIFEST, path)):
                info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                # Or it would be the system's that packs it.
                info.create_system = 3
                archive.writestr(info, self._members[path])
        return packed.getvalue()


def title_of(item: Item) -> str:
    """A question in one short line, nothing of its gaps told."""
    text = line(plain(with_gaps(item.prompt, lambda _number, _answer, hint: f"[{hint or '…'}]")))
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def texts(parent: Element, **values: str) -> None:
    """Add an element for each value, by name."""
    for tag, value in values.items():
        SubElement(parent, tag).text = sound(value)
