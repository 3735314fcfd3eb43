"""Ratios against the peers. Threads are pinned here, before any library starts its own."""

import os

THREADS = 2
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = str(THREADS)
# OpenBLAS's idle threads spin for 2^26 cycles by default and would slow the side that runs next;
# 2^22 is about a millisecond, enough to stay awake between two calls.
os.environ["OPENBLAS_THREAD_TIMEOUT"] = "22"
