"""Sentences about procedures, made of facts: English, German, French, Vietnamese; see `device_words.py`."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "side left": ("left", "links", "côté gauche", "bên trái"),
    "side right": ("right", "rechts", "côté droit", "bên phải"),
    "kind S": ("operation, {specialty}", "Operation, {specialty}", "intervention, {specialty}", "phẫu thuật, {specialty}"),
    "kind D": ("examination, {specialty}", "Untersuchung, {specialty}", "examen, {specialty}", "thăm dò chẩn đoán, {specialty}"),
    "kind P": ("prevention, {specialty}", "Vorsorge, {specialty}", "prévention, {specialty}", "dự phòng, {specialty}"),
    "kind T": ("treatment, {specialty}", "Behandlung, {specialty}", "traitement, {specialty}", "điều trị, {specialty}"),
    "asleep": ("{minutes} min under anesthesia", "{minutes} Min. in Anästhesie", "{minutes} min sous anesthésie", "{minutes} phút có gây mê hoặc gây tê"),
    "awake": ("{minutes} min without anesthesia", "{minutes} Min. ohne Anästhesie", "{minutes} min sans anesthésie", "{minutes} phút không gây mê"),
    "indication": ("indication: {condition}", "Indikation: {condition}", "indication : {condition}", "chỉ định: {condition}"),
    "one day": ("recovery of 1 day", "Erholung 1 Tag", "convalescence d'un jour", "hồi phục 1 ngày"),
    "days": ("recovery of {days} days", "Erholung {days} Tage", "convalescence de {days} jours", "hồi phục {days} ngày"),
}  # fmt: skip
