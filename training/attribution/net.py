"""The network while it is trained. learned/net.py is the same, for reading, and must stay so."""

from __future__ import annotations

from sayso.reading.attribution.learned.features import BESIDE, SIZES
from sayso.reading.attribution.learned.net import CONTEXT
from training.attribution.backend import Tensor, nn, torch

WIDTHS = {"lower": 48, "lemma": 48, "suffix": 24, "shape": 16, "tag": 24, "dep": 24, "quote": 16,
          "quote_near": 12, "place": 16, "paragraph": 12}  # fmt: skip
LABELS = 3  # cue: outside, begins, goes on; role: neither, source, content


class Net(nn.Module):
    """Words to cue labels; a cue and its window to roles, and whether it is a cue at all."""

    def __init__(self, words: int = 96, base: int = 160, hidden: int = 128, role: int = 96,
                 role_hidden: int = 64, drop: float = 0.35) -> None:  # fmt: skip
        super().__init__()
        self.tables = nn.ModuleDict({k: nn.Embedding(SIZES[k], w) for k, w in WIDTHS.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        self.base = nn.Linear(sum(WIDTHS.values()) + words + 96 + 16, base)
        self.own = nn.Linear(base, hidden * 2)
        self.of_head = nn.Linear(base, hidden * 2, bias=False)
        self.encoder = nn.LSTM(hidden * 2, hidden, bidirectional=True, batch_first=True)
        self.cue_own = nn.Linear(hidden * 2, 64)
        self.cue_head = nn.Linear(hidden * 2, 64, bias=False)
        self.cue_out = nn.Linear(64, LABELS)
        self.role_own = nn.Linear(hidden * 2, role)
        self.role_cue = nn.Linear(hidden * 2, role, bias=False)
        self.beside = nn.ModuleDict({k: nn.Embedding(n, role) for k, n in BESIDE.items()})
        for table in self.beside.values():
            nn.init.normal_(table.weight, std=0.3)
        self.role_encoder = nn.LSTM(role, role_hidden, bidirectional=True, batch_first=True)
        self.role_out = nn.Linear(role_hidden * 2, LABELS)
        self.real = nn.Linear(role_hidden * 2 + hidden * 2, 48)
        self.real_out = nn.Linear(48, 1)
        self.drop = nn.Dropout(drop)
        self.word_drop = 0.06
        self.short = False  # LSTMs in bfloat16: half the time where the processor knows it

    def encode(self, ids: Tensor, dense: Tensor, head: Tensor, chunks: Tensor) -> Tensor:
        """The encoding of each token. `chunks`: token index a place, -1 for none."""
        parts = []
        for i, (name, table) in enumerate(self.tables.items()):
            part = table(ids[i])
            if self.training and name in ("lower", "lemma"):
                part = part * (torch.rand(len(part), 1) > self.word_drop)
            parts.append(part)
        base = torch.relu(self.base(self.drop(torch.cat([*parts, dense], 1))))
        base = self.drop(base)
        mixed = self.own(base) + self.of_head(base)[head]
        out = self._run(self.encoder, _gather(mixed, chunks))
        core = out[:, CONTEXT:-CONTEXT].reshape(-1, out.shape[-1])
        at = chunks[:, CONTEXT:-CONTEXT].reshape(-1)
        kept = at >= 0
        code = core.new_zeros(len(base), out.shape[-1])
        return self.drop(code.index_copy(0, at[kept], core[kept]))

    def _run(self, lstm: nn.Module, rows: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and self.short):
            out, _ = lstm(rows)
        return out.float()

    def drop_whole(self, rows: Tensor) -> Tensor:
        """The rows of each window without some of their columns, the same in the whole window."""
        return rows * self.drop(rows.new_ones(len(rows), 1, rows.shape[2]))

    def cues(self, code: Tensor, head: Tensor) -> Tensor:
        """The cue label scores of each token."""
        mixed = self.cue_own(code) + self.cue_head(code)[head]
        return self.cue_out(self.drop(torch.relu(mixed)))

    def roles(
        self, code: Tensor, cue: Tensor, window: Tensor, beside: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Role label scores of each token of each window, and whether each cue is one."""
        own = _gather(self.role_own(code), window)
        mixed = own + self.role_cue(code)[cue][:, None]
        for i, table in enumerate(self.beside.values()):
            mixed = mixed + table(beside[i])
        mixed = self.drop_whole(torch.relu(mixed)) * (window >= 0)[:, :, None]
        out = self._run(self.role_encoder, mixed)
        out = self.drop_whole(out)
        pooled = torch.cat([out.amax(1), code[cue]], 1)
        real = self.real_out(self.drop(torch.relu(self.real(pooled))))[:, 0]
        return self.role_out(out), real


def tiny() -> Net:
    """A network of an eighth of the numbers between its tables: for a test of the recipe."""
    return Net(base=48, hidden=32, role=32, role_hidden=16)


def _gather(rows: Tensor, at: Tensor) -> Tensor:
    """Rows by index, zeros where the index is -1."""
    return rows[at.clamp(min=0)] * (at >= 0)[..., None]
