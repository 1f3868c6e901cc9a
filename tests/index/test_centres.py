import numpy as np

from index.centres import find_centres


def around(*middles: list[float]) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, 0.02, (len(middles), 20, len(middles[0])))
    many = (np.array(middles)[:, np.newaxis] + noise).reshape(-1, len(middles[0]))
    unit: np.ndarray = many / np.linalg.norm(many, axis=1, keepdims=True)
    return unit.astype(np.float32)


def test_centres_lie_where_vectors_do() -> None:
    middles = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.6, 0.8]]
    centres = find_centres(around(*middles), 3)
    assert (centres @ np.array(middles).T).max(axis=0).min() > 0.999
    assert np.linalg.norm(centres, axis=1).round(5).tolist() == [1, 1, 1]


def test_the_same_vectors_give_the_same_centres() -> None:
    vectors = around([1.0, 0.0], [0.0, 1.0])
    assert np.array_equal(find_centres(vectors, 2), find_centres(vectors, 2))


def test_few_vectors_stand_for_themselves() -> None:
    few = around([1.0, 0.0])[:3]
    assert find_centres(few, 3) is few
