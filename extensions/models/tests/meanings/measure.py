"""Precision and recall of `recognise` against the labels of a schema: `python measure.py` prints them, and what was missed."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from attrs import define, field

from datamimic_models.meanings import recognise
from datamimic_models.model import Mistakes, Model
from datamimic_models.reading.sql_schema import read_sql_schema

HERE = Path(__file__).parent
SHARED = next(
    (
        folder
        for folder in (Path(__file__).parents[5] / "shared" / "corpora" / "ddl", Path("/work/shared/corpora/ddl"))
        if folder.is_dir()
    ),
    None,
)
LABELS = {
    "chinook.pg.sql": "chinook.toml",
    "northwind.pg.sql": "northwind.toml",
    "omop54.pg.sql": "omop54.toml",
    "pagila.pg.sql": "sakila.toml",
    "sakila.mysql.sql": "sakila.toml",
    "sakila.sqlite.sql": "sakila.toml",
    "synthea.pg.sql": "synthea.toml",
    "torture.pg.sql": "torture.toml",
}
HELD_OUT = {
    f"{name}.sql": f"{name}.toml"
    for name in ("praxis.de", "tienda.es", "clinic.en", "association.fr", "loja.pt", "ngan_hang.vi", "kaiin.ja")
}


@define
class Figures:
    """`wanted` columns have a meaning; of these `right` got it. `wrong` got another, or one where there is none."""

    wanted: int = 0
    right: int = 0
    wrong: int = 0
    notes: list[str] = field(factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)


def read(file: Path) -> Model:
    return read_sql_schema(file, Mistakes())


def measured(model: Model, labels: dict[str, dict[str, str]], figures: Figures) -> Figures:
    for table in model.tables:
        if "_p20" in table.name:
            continue
        said = labels.get(table.name, {})
        found = recognise(table, model)
        for column in table.columns:
            wanted = {each.strip() for each in said.get(column.name, "-").split("|")}
            got = found.columns[column.name].meaning if column.name in found.columns else "-"
            where = f"{table.name}.{column.name} {column.type}"
            if "-" not in wanted:
                figures.wanted += 1
            if got in wanted:
                figures.right += "-" not in wanted
                continue
            if got != "-":
                figures.wrong += 1
                figures.notes.append(
                    f"WRONG  {where}: {got} for {' | '.join(sorted(wanted))}; {found.columns[column.name].evidence[0]}"
                )
            else:
                figures.notes.append(f"missed {where}: {' | '.join(sorted(wanted))}; {found.others.get(column.name)}")
    return figures


def measure(file: Path, labels: str, figures: Figures | None = None) -> Figures:
    return measured(read(file), tomllib.loads((HERE / labels).read_text(encoding="utf-8")), figures or Figures())


if __name__ == "__main__":
    for names, folder in ((LABELS, SHARED), (HELD_OUT, HERE)):
        whole = Figures()
        for name, labels in names.items():
            if folder is not None and (len(sys.argv) < 2 or sys.argv[1] in name):
                one = measure(folder / name, labels)
                print(f"{name}: {one.right} of {one.wanted} right, {one.wrong} wrong")
                print("\n".join(f"  {note}" for note in one.notes))
                whole.wanted, whole.right, whole.wrong = (
                    whole.wanted + one.wanted,
                    whole.right + one.right,
                    whole.wrong + one.wrong,
                )
        if whole.wanted:
            print(f"ALL: recall {whole.recall:.1%}, precision {whole.precision:.1%}")
