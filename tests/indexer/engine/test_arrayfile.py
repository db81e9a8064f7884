import numpy as np
import pytest

from indexer.engine.arrayfile import read_arrays, write_arrays
from indexer.errors import DamagedIndex


def test_arrays_come_back_as_they_were(tmp_path):
    path = tmp_path / "arrays"
    arrays = {
        "small": np.arange(5, dtype="|u1"),
        "none": np.empty(0, dtype="<i8"),
        "wide": np.array([-1, 1 << 40], dtype="<i8"),
        "real": np.array([0.5], dtype="<f4"),
    }
    with path.open("wb") as file:
        write_arrays(file, arrays, {"fields": {"عنوان": [0, 5]}})
    found, about = read_arrays(path)
    assert about == {"fields": {"عنوان": [0, 5]}}
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in arrays.items()
    }
    assert all(found[name].dtype == arrays[name].dtype for name in arrays)


def test_what_is_read_cannot_be_changed(tmp_path):
    path = tmp_path / "arrays"
    with path.open("wb") as file:
        write_arrays(file, {"a": np.arange(3, dtype="<i4")}, {})
    found, _ = read_arrays(path)
    with pytest.raises(ValueError, match="read-only"):
        found["a"][0] = 9


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:10],
        lambda whole: whole[:-8],
        lambda whole: b"x" + whole[1:],
        lambda whole: whole.replace(b'"<i4"', b'"|O8"'),
        lambda whole: whole.replace(b'"arrays"', b'"arrows"'),
        lambda whole: whole.replace(b", 1000, ", b", 9999, "),
        lambda whole: whole[:16] + b"\xff" * 8 + whole[24:],
    ],
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path, damage):
    path = tmp_path / "arrays"
    with path.open("wb") as file:
        write_arrays(file, {"a": np.arange(1000, dtype="<i4")}, {})
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DamagedIndex, match=r"can't be read: .*; run `sijill index --rebuild`"):
        read_arrays(path)
