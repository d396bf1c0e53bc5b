"""The benchmark's peer: the same GPT in PyTorch, one thread. Prints one JSON line a measurement."""
import json
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)
cfg = json.loads(sys.argv[1])
V, C, L, H, T = cfg["vocabulary"], cfg["width"], cfg["layers"], cfg["heads"], cfg["context"]


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.qkv, self.proj = nn.Linear(C, 3 * C), nn.Linear(C, C)
        self.fc, self.out = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x, past=None):
        B, t, _ = x.shape
        q, k, v = self.qkv(self.ln1(x)).split(C, dim=2)
        q, k, v = (z.view(B, t, H, C // H).transpose(1, 2) for z in (q, k, v))
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        a = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(C // H))
        if t > 1:
            a = a.masked_fill(mask[:t, :t] == 0, float("-inf"))
        y = (F.softmax(a, dim=-1) @ v).transpose(1, 2).reshape(B, t, C)
        x = x + self.proj(y)
        return x + self.out(F.gelu(self.fc(self.ln2(x)), approximate="tanh")), (k, v)


mask = torch.tril(torch.ones(T, T))


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.tok, self.pos = nn.Embedding(V, C), nn.Embedding(T, C)
        self.blocks = nn.ModuleList(Block() for _ in range(L))
        self.ln, self.head = nn.LayerNorm(C), nn.Linear(C, V, bias=False)

    def forward(self, ids, past=None, at=0):
        x = self.tok(ids) + self.pos(torch.arange(at, at + ids.shape[1]))
        kept = []
        for i, block in enumerate(self.blocks):
            x, kv = block(x, None if past is None else past[i])
            kept.append(kv)
        return self.head(self.ln(x)), kept


model = GPT()
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)


def train_step(ids, target):
    logits, _ = model(ids)
    loss = F.cross_entropy(logits.reshape(-1, V), target.reshape(-1))
    opt.zero_grad()
    loss.backward()
    opt.step()


@torch.no_grad()
def sample(n, new, cached):
    ids = torch.ones(n, 1, dtype=torch.long)
    past, logps = None, []
    for t in range(new):
        if cached:
            logits, past = model(ids[:, -1:], past, t)
        else:
            logits, _ = model(ids)
        logp = F.log_softmax(logits[:, -1], dim=-1)
        nxt = torch.multinomial(logp.exp(), 1)
        logps.append(logp.gather(1, nxt))
        ids = torch.cat((ids, nxt), 1)
    return ids, torch.cat(logps, 1)


def timed(f, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        f()
        times.append(1e3 * (time.perf_counter() - start))
    return times


B, S = cfg["batch"], cfg["length"]
ids = torch.randint(0, V, (B, S))
target = torch.randint(0, V, (B, S))
for _ in range(5):
    train_step(ids, target)
    sample(16, 4, True)
for line in sys.stdin:
    what, rounds = line.split()
    run = {
        "train": lambda: train_step(ids, target),
        "sample": lambda: sample(cfg["samples"], cfg["new"], False),
        "cached": lambda: sample(cfg["samples"], cfg["new"], True),
    }[what]
    print(json.dumps(timed(run, int(rounds))), flush=True)
