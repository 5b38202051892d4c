"""A page's commands, run: `sayso` in this process, whose reader is loaded once, else by a shell.

What is plain is done here (`NAME=value`, globs, `$(…)`, `|`, `>`, `&&`, `cd`, `export`); whatever
has a loop or a heredoc goes to /bin/sh, with a `sayso` on its path.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
_SHELL_ONLY = re.compile(r"<<|`|;|\b(?:for|while|if)\b|\|\||&\s*$|\$\{")
# What these set is read once a process: a lexicon of one's own would stay for the next page.
_OWN_PROCESS = ("SAYSO_LEXICON",)


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it wrote to both streams, in order of writing."""

    code: int
    words: str


@dataclass(slots=True)
class Shell:
    """Where commands run, what they have in their environment, the last entry that one made."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    entry: str = ""

    def run(self, command: str) -> Done:
        """The last exit code, and all words."""
        command = re.sub(r"\s+#\s.*$", "", command) if "\n" not in command else command
        command = command.replace("\\\n", " ").replace(".venv/bin/sayso", "sayso")
        if "<<" not in command:
            command = re.sub(
                r"\$\(([^()]+)\)", lambda m: self._by_sh(m[1], b"").words.strip(), command
            )
        if _SHELL_ONLY.search(_unquoted(command)):
            return self._by_sh(command, b"")
        words = ""
        for part in re.split(r"\s&&\s", command):
            done = self._part(part.strip())
            words += done.words
            if done.code:
                return Done(done.code, words)
        return Done(0, words)

    def _put_in(self, found: re.Match[str]) -> str:
        return self._by_sh(found[1], b"").words.strip()

    def _part(self, part: str) -> Done:
        tokens = shlex.split(part, comments=True)
        if tokens[:1] == ["cd"]:
            self.folder = self.folder / tokens[1]
            return Done(0, "")
        if tokens[:1] == ["export"]:
            self.env.update(t.split("=", 1) for t in tokens[1:])
            return Done(0, "")
        own, _, rest = _cut(part, "|")
        if self._is_sayso(own):
            return self._sayso(own, rest)
        if self._is_sayso(rest):  # printf … | sayso account add …
            return self._sayso(rest, "", self._by_sh(own, b"").words.encode())
        return self._by_sh(part, b"")

    def _is_sayso(self, part: str) -> bool:
        tokens = shlex.split(part)
        named = [t for t in tokens if not re.match(r"[A-Z_]+=", t)]
        given = {t.split("=")[0] for t in tokens if "=" in t} | set(self.env)
        return named[:1] == ["sayso"] and not given & set(_OWN_PROCESS)

    def _sayso(self, part: str, rest: str, stdin: bytes = b"") -> Done:
        part, _, given = _cut(part, "<")
        part, _, to = _cut(part, ">")
        tokens = _tokens(part, self.folder)
        env = dict(t.split("=", 1) for t in tokens[: tokens.index("sayso")])
        stdin = (self.folder / given.strip()).read_bytes() if given else stdin
        code, out, err = self._in_process(tokens[tokens.index("sayso") + 1 :], env, stdin)
        if to:
            (self.folder / to.strip().strip("'")).write_bytes(out)
            out = b""
        if not rest:
            return Done(code, (out + err).decode())
        if code or not shutil.which(shlex.split(rest)[0]):  # what takes it is not installed here
            return Done(code, err.decode())
        done = self._by_sh(rest, out)
        return Done(done.code, err.decode() + done.words)

    def _in_process(
        self, args: list[str], env: dict[str, str], stdin: bytes
    ) -> tuple[int, bytes, bytes]:
        out, err = io.BytesIO(), io.BytesIO()
        streams = [io.TextIOWrapper(s, "utf-8", write_through=True) for s in (out, err)]
        held, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        try:
            with (
                contextlib.redirect_stdout(streams[0]),
                contextlib.redirect_stderr(streams[1]),
                at_home(self.folder, {**self.env, **env}),
            ):
                code = run(args)
        finally:
            sys.stdin = held
        return code, out.getvalue(), err.getvalue()

    def _by_sh(self, command: str, stdin: bytes) -> Done:
        tools = self.folder / ".tools"
        tools.mkdir(exist_ok=True)
        for name, call in (("sayso", "-m sayso"), ("python", ""), ("python3", "")):
            path = tools / name
            path.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {call} "$@"\n')
            path.chmod(0o755)
        env = {**os.environ, **self.env, "PATH": f"{tools}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=self.folder, env=env, input=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
        )  # fmt: skip
        return Done(done.returncode, done.stdout.decode())


@contextlib.contextmanager
def at_home(folder: Path, env: dict[str, str]) -> Iterator[None]:
    """This process in that folder and with that environment, for a while."""
    before, held = Path.cwd(), dict(os.environ)
    os.environ.update(env)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(held)


def _tokens(part: str, folder: Path) -> list[str]:
    """Words as a shell makes them: globs outside quotation marks are spread."""
    spread = []
    for raw in re.findall(r"(?:'[^']*'|\"[^\"]*\"|\\.|[^\s'\"\\])+", part):
        bare = _unquoted(raw)
        found = (
            sorted(str(p.relative_to(folder)) for p in folder.glob(raw))
            if re.search(r"[*?]", bare)
            else []
        )
        spread += found or shlex.split(raw)
    return spread


def _cut(part: str, sign: str) -> tuple[str, str, str]:
    """The part before and behind the first such sign that stands outside quotation marks."""
    hidden = re.sub(r"'[^']*'|\"[^\"]*\"", lambda m: "_" * len(m[0]), part)
    at = hidden.find(sign)
    return (part, "", "") if at < 0 else (part[:at], sign, part[at + 1 :])


def _unquoted(words: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "", words)
