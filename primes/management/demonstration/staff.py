"""The people of one firm as columns: who they are, when they came and went, on what contract."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Random = np.random.Generator

NO_DAY = np.datetime64("NaT", "D")


@dataclass(slots=True, eq=False)
class Staff:
    """One row a person, columns of equal length. Days are `datetime64[D]`, `NaT` for none.

    `number` is the CNSS number, `pending_until` the last month for which CNSS had not given it yet.
    `earlier_left_on` is the end of an earlier employment in the same firm. `pay` is that of a whole
    month, in centimes. `income_bp` is the yearly income over the sum of the salaries, in basis
    points.
    """

    case: npt.NDArray[np.int8]
    recruit: npt.NDArray[np.bool_]
    number: npt.NDArray[np.int64]
    pending_until: Days
    cin: npt.NDArray[np.bytes_]
    last_name: npt.NDArray[np.str_]
    first_name: npt.NDArray[np.str_]
    nationality: npt.NDArray[np.str_]
    hired_on: Days
    left_on: Days
    died: npt.NDArray[np.bool_]
    earlier_left_on: Days
    last_same_employer_on: Days
    contract: npt.NDArray[np.str_]
    stable_from: Days
    funded_by: npt.NDArray[np.str_]
    pay: npt.NDArray[np.int64]
    income_bp: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.number)
