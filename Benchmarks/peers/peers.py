"""Times peer libraries on the benchmark's own data, one thread each, and prints JSON.

usage: peers.py search FILE ROWS QUERIES DIMENSION K    vectors, then queries, as little-endian float32
       peers.py graph FILE ROWS QUERIES DIMENSION K     the same, by an approximate index
       peers.py ease FILE USERS ITEMS LAMBDA            pairs of user and item as little-endian int32
"""

import importlib.util
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402 (reads the number of threads when it is loaded)

ROUNDS = 3


def seconds(work):
    """The fastest of a few rounds: what others do on the machine only ever adds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def vectors_of(path, rows, queries, dimension):
    values = np.fromfile(path, dtype="<f4").reshape(rows + queries, dimension)
    return values[:rows].copy(), values[rows:].copy()


def search(path, rows, queries, dimension, k):
    vectors, asked = vectors_of(path, rows, queries, dimension)
    found = {}
    if importlib.util.find_spec("faiss"):
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.IndexFlatIP(dimension)
        index.add(vectors)
        found["single"] = queries / seconds(lambda: [index.search(asked[q : q + 1], k) for q in range(queries)])
        found["batch"] = queries / seconds(lambda: index.search(asked, k))
    return found


def graph(path, rows, queries, dimension, k):
    if not importlib.util.find_spec("hnswlib"):
        return {}
    import hnswlib

    vectors, asked = vectors_of(path, rows, queries, dimension)
    index = hnswlib.Index(space="ip", dim=dimension)
    index.init_index(max_elements=rows, ef_construction=100, M=16, random_seed=1)
    index.add_items(vectors)
    index.set_ef(k)
    index.set_num_threads(1)
    per_second = queries / seconds(lambda: [index.knn_query(asked[q : q + 1], k=k) for q in range(queries)])
    found, _ = index.knn_query(asked, k=k)
    true = np.argsort(-(asked @ vectors.T), axis=1)[:, :k]
    recall = float(np.mean([len(set(found[q]) & set(true[q])) / k for q in range(queries)]))
    return {"single": per_second, "recall": recall}


def ease(path, users, items, regularisation):
    pairs = np.fromfile(path, dtype="<i4").reshape(-1, 2)

    def solve():
        x = np.zeros((users, items), dtype=np.float32)
        x[pairs[:, 0], pairs[:, 1]] = 1
        gram = x.T @ x
        gram[np.diag_indices(items)] += regularisation
        inverse = np.linalg.inv(gram)
        weights = inverse / -np.diag(inverse)
        np.fill_diagonal(weights, 0)

    start = time.perf_counter()
    solve()
    return {"seconds": time.perf_counter() - start}


if __name__ == "__main__":
    name, path, *numbers = sys.argv[1:]
    print(json.dumps({"search": search, "graph": graph, "ease": ease}[name](path, *map(int, numbers))))
