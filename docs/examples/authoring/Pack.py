from pathlib import Path

from datamimic import DatasetSource, Pack, Registry, RunReport, World, entity, field, hookimpl, weighted

Path("data").mkdir(exist_ok=True)
Path("data/teas.csv").write_text("tea,weight\ngreen,1\nblack,3\n", encoding="utf-8")
heard: list[int] = []


@entity("cup")
class Cup:
    """A cup of tea."""

    tea: str = field(weighted("teas"), doc="what is in it")


class Tea:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("tea", "1.0.0", "Cups of tea")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Cup]

    @hookimpl
    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("tea", Path.cwd())]

    @hookimpl
    def datamimic_run_finished(self, report: RunReport) -> None:
        heard.append(report.rows)


cups = World("demo", packs=Registry.of(Tea()))[Cup]
assert {cup.tea for cup in cups[0:50]} == {"green", "black"}
cups[0:50].write("cups.csv")
assert heard == [50]
