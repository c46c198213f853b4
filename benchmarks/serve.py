"""How long the chat takes to answer a browser after start, and how much memory, beside an empty Gradio page.

Usage: python benchmarks/serve.py [--index DIR]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
OURS, PEER = 7961, 7962
PATIENCE = 120.0
EMPTY_PAGE = f"""
import gradio
with gradio.Blocks(analytics_enabled=False) as page:
    gradio.Chatbot()
page.launch(server_name="127.0.0.1", server_port={PEER}, quiet=True)
"""


def start_up(command: Sequence[str], port: int, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until the page answers on ``port``, and the peak of memory by then in MiB.

    Raises TimeoutError where it does not answer in time.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                raise TimeoutError(f"nothing answers on port {port}")
            time.sleep(0.05)
        taken = time.perf_counter() - start
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return taken, int(peak.split()[1]) / 1024
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    """Whether a page is served on ``port`` of this machine."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    options = parser.parse_args()
    environment = os.environ | {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "PYTHONPATH": str(ROOT),
    }
    planqa = [sys.executable, "-m", "ui.cli"]
    with tempfile.TemporaryDirectory() as folder:
        place = ["--corpus", str(options.corpus), "--index", str(Path(folder) / "index")]
        subprocess.run([*planqa, "index", *place], env=environment, check=True, stdout=subprocess.DEVNULL)
        ours = start_up([*planqa, "serve", "--port", str(OURS), *place], OURS, environment)
    peer = start_up([sys.executable, "-c", EMPTY_PAGE], PEER, environment)

    print(machine())
    print(f"planqa      {ours[0]:.1f} s until the page answers, memory peak {ours[1]:.0f} MiB")
    print(f"empty page  {peer[0]:.1f} s, {peer[1]:.0f} MiB")
    print(f"ratio       {ours[0] / peer[0]:.1f}, {ours[1] / peer[1]:.1f}")
    print(f"bar         under 1,536 MiB: {ours[1] < 1536}")


if __name__ == "__main__":
    run()
