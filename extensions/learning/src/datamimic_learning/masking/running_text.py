"""What running text is masked by: the originals of all masked columns, and what becomes of each outside its own row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.columns import of_distinct
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.digests import digests
from datamimic_learning.masking.methods.encrypting import Encryption
from datamimic_learning.masking.methods.fitting import fitted, months_first
from datamimic_learning.masking.methods.free_text import LITERAL, FreeText, OfSubjects, Replace, Source, Spans
from datamimic_learning.masking.methods.lexicon import Lexicon, plain_of, texts_in, words_of
from datamimic_learning.masking.methods.population import Population
from datamimic_learning.masking.plans.meant import FIELDS, NATIONAL_NUMBERS, NUMBERS_OF, PARTS
from datamimic_learning.masking.plans.plan import Plan
from datamimic_learning.masking.subjects import Subjects, subject_digests
from datamimic_learning.samples.sample import SampleTable

Words = NDArray[np.uint64]
_TELL_NOBODY: Final = {
    "sex", "gender", "salutation", "age", "country", "country_code", "nationality", "marital_status", "academic_title",
    "time_zone", "state", "state_code", "currency", "occupation", "education", "employment", "country_of_birth",
}  # fmt: skip
"""Fields whose values are words of the language, or are everybody's."""
_NAMES: Final = ("name", "full_name", "card_holder", "holder_name")
_WRITTEN_AS_THEY_ARE: Final = ("address.postal_code", "address.house_number")
"""What keeps its form better than another country's would."""
_HIDING: Final = ("encrypt", "hash", "token", "redact", "null")


class Speaking:
    """One for all tables of a run."""

    def __init__(
        self, plan: Plan, key: MaskingKey, subjects: Mapping[str, Sequence[Subjects]], spans: Spans | None
    ) -> None:
        self._plan = plan
        self._key = key
        self._subjects = subjects
        self._spans = spans
        self._lexicon = Lexicon(key.of("lexicon", ""))
        self._sources: list[Source] = []
        self._theirs: dict[tuple[str, str], _Theirs] = {}
        self._texts: dict[str, FreeText] = {}

    def learn(self, name: str, table: SampleTable) -> None:
        """The originals of a table's masked columns, and whose they are."""
        wanted: dict[str, tuple[int, bool]] = {}
        theirs: list[tuple[Subjects, str, _Theirs]] = []
        named = {
            column
            for subject in self._subjects[name]
            for column, field in subject.plan.columns.items()
            if field.rpartition(".")[2].endswith("name")
        }
        for subject in self._subjects[name]:
            for column, field in subject.plan.columns.items():
                last = field.rpartition(".")[2]
                if last in _TELL_NOBODY:
                    continue
                domain = subject.plan.domain
                known = self._theirs.setdefault((domain, field), _Theirs(self._key.of("theirs", f"{domain} {field}")))
                theirs.append((subject, column, known))
                source = Source(self._of_subject(subject, field), domain, known.texts_of(subject, field))
                wanted[column] = (self._source(source), last in _NAMES)
        for column, each in self._plan.tables[name].columns.items():
            if each.method in _HIDING:
                method = of_distinct(each, self._key, self._plan.normal, month_first=months_first(self._plan.locale))
                hide = each.method in ("redact", "null")
                wanted[column] = (self._source(Source(_stars if hide else _whole(method))), False)
        if not wanted:
            return
        keys = [each for subject in self._subjects[name] for each in (*subject.plan.key, *subject.plan.columns)]
        for batch in table.batches(list(dict.fromkeys([*wanted, *keys]))):
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            for column, (source_number, is_name) in wanted.items():
                found = texts_in(canonical(columns[column]))
                self._lexicon.add(found, source_number)
                if is_name or column in named:
                    self._lexicon.add([plain for each in found for plain in _plain_names(each)], source_number)
                if is_name:
                    self._lexicon.add([part for each in found for part in each.split()], source_number)
            whose = {subject.plan.name: subject.digests(columns) for subject, _, _ in theirs}
            for subject, column, known in theirs:
                known.add(canonical(columns[column]), whose[subject.plan.name])

    def text(self, domain: str) -> FreeText:
        """What a column of running text is masked by."""
        if domain not in self._texts:
            cipher = Encryption(self._key.of("encrypt", domain))
            kinds: dict[str, Replace] = {"": cipher.crypt, "encrypt": cipher.crypt, "redact": _stars}
            kinds[LITERAL] = Encryption(self._key.of("encrypt", domain), whole=True).crypt
            for number in dict.fromkeys([*NUMBERS_OF.values(), *NATIONAL_NUMBERS.values()]):
                kinds[number] = Encryption(self._key.of("encrypt", domain), number=number).crypt
            kinds |= {meaning: kinds[number] for meaning, number in NUMBERS_OF.items()}
            for meaning, field in FIELDS.items():
                if field in PARTS and field not in kinds:
                    kinds[field] = cipher.crypt if field in _WRITTEN_AS_THEY_ARE else self._of_people(field)
                if field in PARTS:
                    kinds[meaning] = kinds[field]
            self._texts[domain] = FreeText(self._lexicon, self._sources, kinds, self._spans)
        return self._texts[domain]

    def _source(self, source: Source) -> int:
        self._sources.append(source)
        return len(self._sources) - 1

    def _of_subject(self, subject: Subjects, field: str) -> Replace:
        return self._by_value(subject.plan.domain, subject.population, field)

    def _of_people(self, field: str) -> Replace:
        entity = "common.person"
        population = Population(self._key, entity, (field,), self._plan.locale, self._plan.clock)
        return self._by_value(entity, population, field)

    def _by_value(self, domain: str, population: Population, field: str) -> Replace:
        """The value alone says whose it is: where it is the key of its subject, it becomes what it becomes there."""

        def replace(texts: pa.Array) -> pa.Array:
            encoded = pc.dictionary_encode(texts)
            known = encoded.dictionary
            words = subject_digests(self._key, domain, [known], [], self._plan.normal)
            values = population.gather(words).column(population.fields.index(field))
            made: pa.Array = fitted(values, known, field, locale=self._plan.locale)
            return made.take(encoded.indices)

        return replace


def _plain_names(name: str) -> Iterator[str]:
    yield from (plain for each in (name, *name.split()) for plain in plain_of(each))


class _Theirs:
    """Which values of a field are whose, as keyed digests of both."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._found: list[Words] = []

    def add(self, texts: pa.Array, subjects: Words) -> None:
        valid = np.asarray(texts.is_valid())
        self._found.append(np.unique(self._digests(texts.filter(pa.array(valid)), subjects[valid])))

    def texts_of(self, subject: Subjects, field: str) -> OfSubjects:
        """What texts become that are of subjects."""

        def replaced(texts: pa.Array, subjects: Words) -> list[str | None]:
            if len(self._found) != 1:
                self._found = [np.unique(np.concatenate([np.zeros(0, np.uint64), *self._found]))]
            mine = np.flatnonzero(np.isin(self._digests(texts, subjects), self._found[0]))
            made: list[str | None] = [None] * len(texts)
            if len(mine):
                said = subject.said(field, subjects[mine], texts.take(pa.array(mine)))
                for place, text in zip(mine.tolist(), said.to_pylist(), strict=True):
                    made[place] = text
            return made

        return replaced

    def _digests(self, texts: pa.Array, subjects: Words) -> Words:
        encoded = pc.dictionary_encode(texts)
        known = pa.array([words_of(each) for each in encoded.dictionary.to_pylist()], pa.string())
        whose = pc.cast(pa.array(subjects, pa.uint64()), pa.string())
        both = pc.binary_join_element_wise(known.take(encoded.indices), whose, ":")
        found: Words = digests(self._key, both)[:, 0]
        return found


def _stars(texts: pa.Array) -> pa.Array:
    return pa.repeat(pa.scalar("***"), len(texts))


def _whole(method: Callable[[pa.Array], pa.Array | None]) -> Replace:
    def replace(texts: pa.Array) -> pa.Array:
        made = method(texts)
        return _stars(texts) if made is None else canonical(made)

    return replace
